/**
 * Hypotheses beside their references.
 * @module
 */

/** What is scored, and against what: named, so that the two cannot be swapped unseen. */
export interface Translations {
  /** One detokenized line for each sentence. */
  readonly hypotheses: readonly string[];
  /** Sets of references, each with a line for each sentence; an empty line is no reference. */
  readonly references: readonly (readonly string[])[];
}

/** A hypothesis and the references that there are for it. */
export interface ScoredSentence {
  /** The line to score. */
  readonly hypothesis: string;
  /** At least one line. */
  readonly references: readonly string[];
}

/**
 * Pairs each hypothesis with its references.
 *
 * @param translations Hypotheses and sets of references.
 * @returns One pair for each sentence.
 * @throws {RangeError} If there are no sentences, the counts differ, or a sentence has no reference.
 */
export function pairSentences(
  { hypotheses, references }: Translations,
): readonly ScoredSentence[] {
  const count = hypotheses.length;
  if (count === 0) throw new RangeError("Expected at least one hypothesis");
  for (const set of references) {
    if (set.length === count) continue;
    throw new RangeError(
      `Expected ${count} references, as many as hypotheses, but found ${set.length}`,
    );
  }
  return hypotheses.map((hypothesis, i) => {
    const present = references.map((set) => set[i]!) // as many, see above
      .filter((line) => line !== "");
    if (present.length > 0) return { hypothesis, references: present };
    throw new RangeError(
      `Expected a reference for sentence ${i + 1} but found none`,
    );
  });
}

/**
 * Adds up statistics, which score a corpus as a whole.
 *
 * @param rows Statistics of sentences, all of one length.
 * @returns Their sum; empty where there are none.
 */
export function sumRows(rows: readonly (readonly number[])[]): number[] {
  const [first = []] = rows;
  const sum = new Array<number>(first.length).fill(0);
  for (const row of rows) row.forEach((value, i) => sum[i]! += value);
  return sum;
}
