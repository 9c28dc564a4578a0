/**
 * The standard streams.
 * @module
 */

/**
 * Prints a result.
 *
 * @param text One line or more, without the last newline.
 */
export function print(text: string): void {
  writeAll(Deno.stdout, `${text}\n`);
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
 * Writes to the standard error stream as it is.
 *
 * @param text The text, with its newlines.
 */
export function writeAside(text: string): void {
  writeAll(Deno.stderr, text);
}

function writeAll(
  stream: { readonly writeSync: (bytes: Uint8Array) => number },
  text: string,
): void {
  const bytes = new TextEncoder().encode(text);
  for (let from = 0; from < bytes.length;) {
    from += stream.writeSync(bytes.subarray(from));
  }
}
