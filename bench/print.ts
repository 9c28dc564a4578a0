/**
 * The terminal.
 * @module
 */

/** Prints a line to the standard output. */
export function print(line: string): void {
  // deno-lint-ignore no-console -- results go to the terminal
  console.log(line);
}

/** Prints a line to the standard error stream, to show that something is going on. */
export function note(line: string): void {
  // deno-lint-ignore no-console -- as above
  console.error(line);
}
