/**
 * Text for a terminal.
 * @module
 */

/**
 * Breaks paragraphs into lines.
 *
 * @param text Paragraphs, with empty lines between them.
 * @param width The most characters of a line, unless a word is longer.
 * @returns The text, with a last newline.
 */
export function wrapText(text: string, width = 80): string {
  return text.split("\n\n").map((paragraph) =>
    paragraph.split(/\s+/).filter(Boolean).reduce((lines, word) => {
      const line = lines.at(-1);
      const isRoom = line !== undefined &&
        line.length + 1 + word.length <= width;
      return isRoom
        ? [...lines.slice(0, -1), `${line} ${word}`]
        : [...lines, word];
    }, [] as readonly string[]).join("\n")
  ).join("\n\n") + "\n";
}
