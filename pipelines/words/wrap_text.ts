/**
 * Text for a terminal.
 * @module
 */
import { wrap } from "../core/task/wrap.ts";

/**
 * Breaks paragraphs into lines.
 *
 * @param text Paragraphs, with empty lines between them; a non-breaking space is none to break at.
 * @param width The most characters of a line, unless a word is longer.
 * @returns The text, with a last newline.
 */
export function wrapText(text: string, width = 80): string {
  return text.split("\n\n")
    .map((paragraph) => wrap(paragraph, width).join("\n"))
    .join("\n\n") + "\n";
}
