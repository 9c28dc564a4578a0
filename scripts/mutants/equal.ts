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

/** `split(key, 2)` and `split(context.key, 2)`. */
const SPLIT = /\bsplit\(((?:\w+\.)?(?:key|\w+Key)), (\d)\)/;

/** `Math.max(a, b)`, of names. */
const SYMMETRIC = /\b(Math\.max|Math\.min)\(([\w.]+), ([\w.]+)\)/g;

/** `x.toFixed(0)`, `list.at(0)` and `list.slice(0)`. */
const OF_ZERO = /\.(toFixed|at|slice)\(0\)/g;

/** Finds why a mutant is equal; undefined where it is not known to be. */
export function whyEqual(
  list: readonly Equal[],
  path: string,
  { before, after }: { readonly before: string; readonly after: string },
): string | undefined {
  const oneMore = before.replace(
    SPLIT,
    (_, key, count) => `split(${key}, ${Number(count) + 1})`,
  );
  if (oneMore !== before && oneMore === after) {
    return "A key is split by position: one more key that nobody takes leaves the others as they are.";
  }
  const isExchanged = [...before.matchAll(SYMMETRIC)].some((call) => {
    const [whole, name, a, b] = call;
    const rest = before.slice(call.index + whole.length);
    return after ===
      `${before.slice(0, call.index)}${name}(${b}, ${a})${rest}`;
  });
  if (isExchanged) return "The greater of two is that of the two exchanged.";
  const isDropped = [...before.matchAll(OF_ZERO)].some((call) => {
    const [whole, name] = call;
    const rest = before.slice(call.index + whole.length);
    return after === `${before.slice(0, call.index)}.${name}()${rest}`;
  });
  if (isDropped) return "Without an argument it means 0, too.";
  return list.find((one) =>
    one.path === path && one.before === before && one.after === after
  )?.why;
}
