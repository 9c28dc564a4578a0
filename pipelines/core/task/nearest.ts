/**
 * The word that somebody meant to type.
 * @module
 */

/**
 * Finds the candidate nearest to a mistyped word.
 *
 * @param word What was typed.
 * @param candidates What could have been meant.
 * @returns The nearest; undefined where none is within a third of the word's letters, or two.
 */
export function nearest(
  word: string,
  candidates: Iterable<string>,
): string | undefined {
  const [best] = [...candidates]
    .map((candidate) => ({ candidate, edits: editsBetween(word, candidate) }))
    .sort((a, b) => a.edits - b.edits);
  const limit = Math.max(2, Math.floor(word.length / 3));
  return best !== undefined && best.edits <= limit ? best.candidate : undefined;
}

/**
 * Counts the letters to insert, delete, replace, or swap with their neighbour.
 *
 * Optimal string alignment, the restricted Damerau-Levenshtein distance.
 *
 * @param from A word.
 * @param to Another.
 * @returns The least number of edits.
 */
export function editsBetween(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1];
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] &&
        from[i - 2] === to[j - 1];
      row[j] = Math.min(
        last[j]! + 1, // rows are as long as `to`
        row[j - 1]! + 1,
        last[j - 1]! + (isSame ? 0 : 1),
        isSwap ? beforeLast[j - 2]! + 1 : Infinity,
      );
    }
    [beforeLast, last] = [last, row];
  }
  return last[to.length]!;
}
