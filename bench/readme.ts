/**
 * The part of `README.md` that is measured.
 * @module
 */
const FILE = `${import.meta.dirname}/README.md`;

/** Which of the tables: of a quiet machine, or beside a busy process. */
export type Results = "results" | "busy results";

/**
 * Changes what stands between the two marks of a table.
 *
 * @param change What stands there afterwards, from what stood there.
 * @param name Which table.
 * @throws {TypeError} If the marks are not there.
 */
export async function changeResults(
  change: (old: string) => string,
  name: Results,
): Promise<void> {
  const text = await Deno.readTextFile(FILE);
  await Deno.writeTextFile(FILE, changeBetween(text, change, name));
}

/** The text with what `change` makes of the lines between the marks. */
export function changeBetween(
  text: string,
  change: (old: string) => string,
  name: Results,
): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [before, rest = ""] = text.split(begin);
  const [old = "", after] = rest.split(end);
  if (after === undefined) {
    throw new TypeError(`Expected ${begin} and ${end} but found no such lines`);
  }
  return `${before}${begin}\n\n${change(old)}\n\n${end}${after}`;
}
