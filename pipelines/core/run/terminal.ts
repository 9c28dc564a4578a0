/**
 * The standard streams.
 * @module
 */
import fs from "node:fs";
import process from "node:process";
import { deno } from "../runtime.ts";

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

/** How a person sees the standard output. */
export interface OutputScreen {
  /** Characters in a line; of a file or a pipe, more than any line has. */
  readonly width: number;
  /** Paints a verdict, unless `NO_COLOR` is set or it is no terminal. */
  readonly paint: (text: string, verdict: string) => string;
}

/** Characters in a line of the standard output; 80 where it is no terminal. */
export function terminalWidth(): number {
  return process.stdout.columns || 80;
}

/** Colours of verdicts: green, red, and grey for the others. */
const COLORS: Readonly<Record<string, string>> = {
  inside: "32",
  outside: "31",
};

/** The standard output as a person sees it. */
export function outputScreen(): OutputScreen {
  if (!process.stdout.isTTY) return { width: Infinity, paint: (text) => text };
  return {
    width: terminalWidth(),
    paint: (text, verdict) =>
      hasNoColor() ? text : `\x1b[${COLORS[verdict] ?? "2"}m${text}\x1b[0m`,
  };
}

/** Whether the person wants no colours: no-color.org. */
export function hasNoColor(): boolean {
  return deno ? deno.noColor : Boolean(process.env.NO_COLOR);
}
