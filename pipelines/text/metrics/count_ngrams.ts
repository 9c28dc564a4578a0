/**
 * Runs of tokens, counted.
 * @module
 */

/** How often each n-gram occurs; its tokens are joined by U+0000. */
export type NgramCounts = ReadonlyMap<string, number>;

/**
 * Counts the n-grams of each order.
 *
 * @param tokens Words, or characters.
 * @param most The highest order.
 * @returns Counts of the orders 1 to `most`.
 */
export function countNgrams(
  tokens: readonly string[],
  most: number,
): readonly NgramCounts[] {
  const counts = Array.from({ length: most }, () => new Map<string, number>());
  for (let at = 0; at < tokens.length; at++) {
    let ngram = "";
    for (let i = 0; i < most && at + i < tokens.length; i++) {
      ngram = i === 0 ? tokens[at]! : `${ngram}\0${tokens[at + i]}`; // both inside
      const known = counts[i]!; // one for each order
      known.set(ngram, (known.get(ngram) ?? 0) + 1);
    }
  }
  return counts;
}

/**
 * Counts the n-grams that two texts share, each as often as it occurs in both.
 *
 * @param a Counts of one text.
 * @param b Counts of the other.
 * @returns The sum of the smaller counts.
 */
export function countShared(a: NgramCounts, b: NgramCounts): number {
  let shared = 0;
  for (const [ngram, count] of a) shared += Math.min(count, b.get(ngram) ?? 0);
  return shared;
}

/**
 * Adds up counts.
 *
 * @param counts Of one order.
 * @returns How many n-grams there are.
 */
export function countAll(counts: NgramCounts): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}
