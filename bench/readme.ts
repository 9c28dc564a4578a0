/**
 * The part of `README.md` that is measured.
 * @module
 */
const FILE = `${import.meta.dirname}/README.md`;

/** Which of the tables: of a quiet machine, or beside a busy process. */
export type Results = "results" | "busy results";

/**
 * Replaces what stands between the two marks of a table.
 *
 * @throws {TypeError} If the marks are not there.
 */
export async function writeResults(
  results: string,
  name: Results = "results",
): Promise<void> {
  const text = await Deno.readTextFile(FILE);
  await Deno.writeTextFile(FILE, replaceBetween(text, results, name));
}

/** The text with other lines between the marks. */
export function replaceBetween(
  text: string,
  results: string,
  name: Results = "results",
): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) {
    throw new TypeError(`Expected ${begin} and ${end} but found no such lines`);
  }
  return `${before}${begin}\n\n${results}\n\n${end}${after}`;
}
