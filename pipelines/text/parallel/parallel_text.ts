/**
 * Sentences in several languages, line by line.
 * @module
 */

/** The splits of parallel text. */
export type SplitName = "train" | "validation" | "test";

/** What loading changed or left out, in lines. */
export interface LineCounts {
  /** Lines of the files, in each language. */
  readonly read: number;
  /** Left out because they are empty in one language or more. */
  readonly empty: number;
  /** Put into Unicode's composed form (NFC), in any language. */
  readonly composed: number;
}

/** Sentences that say the same in each language. */
export interface ParallelSplit {
  /** By language; all of one length. */
  readonly lines: Readonly<Record<string, readonly string[]>>;
  /** What loading did. */
  readonly counts: LineCounts;
}

/** A pair of positions of words that translate each other: in the first language, and in the second. */
export type Link = readonly [number, number];

/** Parallel text in its splits. */
export interface ParallelText
  extends Readonly<Record<SplitName, ParallelSplit>> {
  /** The languages, in the order of the files. */
  readonly languages: readonly string[];
  /** Where they are known, the links between words of the first and the second language, for each test sentence. */
  readonly links?: readonly (readonly Link[])[];
}
