/**
 * The part of `README.md` that is measured.
 * @module
 */
const FILE = `${import.meta.dirname}/README.md`;
const [BEGIN, END] = ["<!-- results -->", "<!-- end of results -->"];

/**
 * Replaces what stands between the two marks.
 *
 * @throws {TypeError} If the marks are not there.
 */
export async function writeResults(results: string): Promise<void> {
  const text = await Deno.readTextFile(FILE);
  await Deno.writeTextFile(FILE, replaceBetween(text, results));
}

/** The text with other lines between the marks. */
export function replaceBetween(text: string, results: string): string {
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) {
    throw new TypeError(`Expected ${BEGIN} and ${END} but found no such lines`);
  }
  return `${before}${BEGIN}\n\n${results}\n\n${END}${after}`;
}
