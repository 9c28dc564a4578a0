/**
 * A change of a source file that some test should notice.
 * @module
 */

/** One change of one file. */
export interface Mutant {
  /** Relative to the root. */
  readonly path: string;
  /** Where the change begins, in UTF-16 units. */
  readonly start: number;
  /** Where what it replaces ends. */
  readonly end: number;
  /** What it puts there. */
  readonly text: string;
  /** Such as `operator`. */
  readonly kind: string;
}

/** All changes of one place, of which a sample takes one. */
export interface Site {
  /** Relative to the root. */
  readonly path: string;
  /** What names the place whatever else changes in the file. */
  readonly name: string;
  /** At least one change. */
  readonly mutants: readonly [Mutant, ...Mutant[]];
}

/** The file with the change. */
export function mutate(source: string, { start, end, text }: Mutant): string {
  return source.slice(0, start) + text + source.slice(end);
}

/** The changed lines before and after, without what surrounds them; they name a mutant in reports and lists. */
export function linesOf(
  source: string,
  { start, end, text }: Mutant,
): { readonly line: number; readonly before: string; readonly after: string } {
  const from = source.lastIndexOf("\n", start - 1) + 1;
  const next = source.indexOf("\n", end);
  const to = next < 0 ? source.length : next;
  const flat = (lines: string) => lines.replace(/\s+/g, " ").trim();
  return {
    line: source.slice(0, start).split("\n").length,
    before: flat(source.slice(from, to)),
    after: flat(source.slice(from, start) + text + source.slice(end, to)),
  };
}
