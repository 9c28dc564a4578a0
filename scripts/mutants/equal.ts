/**
 * Mutants that no test can notice.
 * @module
 */

/** A mutant that computes the same, and why. */
export interface Equal {
  /** Relative to the root. */
  readonly path: string;
  /** The changed line before. */
  readonly before: string;
  /** The changed line after. */
  readonly after: string;
  /** Why nothing changes that a user could see. */
  readonly why: string;
}

/** Finds why a mutant is equal; undefined where it is not known to be. */
export function whyEqual(
  list: readonly Equal[],
  path: string,
  { before, after }: { readonly before: string; readonly after: string },
): string | undefined {
  return list.find((one) =>
    one.path === path && one.before === before && one.after === after
  )?.why;
}
