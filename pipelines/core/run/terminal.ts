/**
 * The standard streams.
 * @module
 */
import fs from "node:fs";

const STDOUT = 1;
const STDERR = 2;

/**
 * Prints a result.
 *
 * @param text One line or more, without the last newline.
 * @throws {Error} If nobody can read it.
 */
export function print(text: string): void {
  writeText(STDOUT, `${text}\n`);
}

/**
 * Prints what is not a result.
 *
 * @param text One line or more, without the last newline.
 */
export function printAside(text: string): void {
  writeAside(`${text}\n`);
}

/**
 * Writes to the standard error stream as it is; where that fails, a closed pipe or a full disk, the text is dropped.
 *
 * @param text The text, with its newlines.
 */
export function writeAside(text: string): void {
  try {
    writeText(STDERR, text);
  } catch {
    // progress is no part of the run's numbers
  }
}

function writeText(stream: number, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let from = 0; from < bytes.length;) {
    from += fs.writeSync(stream, bytes, from, bytes.length - from);
  }
}
