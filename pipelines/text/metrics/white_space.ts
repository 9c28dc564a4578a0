/**
 * White space as the reference scorers see it.
 * @module
 */

/** Characters at which Python's `str.split()` cuts; JavaScript's `\s` differs in five controls, U+0085 and U+FEFF. */
const SPACE =
  // deno-lint-ignore no-control-regex -- controls are white space in Python
  /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

/** White space at the end. */
const END = new RegExp(`${SPACE.source}$`, "u");

/**
 * Cuts a text at white space.
 *
 * @param text Any text.
 * @returns The parts between white space, none of them empty.
 */
export function splitWhiteSpace(text: string): readonly string[] {
  return text.split(SPACE).filter((part) => part !== "");
}

/**
 * Cuts white space off the end of a text, as Python's `str.rstrip()`.
 *
 * @param text Any text.
 * @returns The text without it; a byte order mark stays, which JavaScript's `trimEnd()` would cut.
 */
export function trimEndWhiteSpace(text: string): string {
  return text.replace(END, "");
}
