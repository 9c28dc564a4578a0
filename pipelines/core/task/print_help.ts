/**
 * The text of `--help` on the terminal.
 * @module
 */
import { print, terminalWidth } from "../run/terminal.ts";
import { MOST_WIDTH } from "./help.ts";
import { fold } from "./wrap.ts";

/**
 * Prints a text within the terminal's width.
 *
 * @param text A line for each paragraph, flag or row.
 */
export function printHelp(text: string): void {
  print(fold(text, Math.min(terminalWidth(), MOST_WIDTH)));
}
