/**
 * Sentences as numbers.
 * @module
 */

/** Fills a batch behind the end of a sentence. */
export const PAD = 0;
/** Begins what the decoder reads. */
export const SOS = 1;
/** Ends a sentence. */
export const EOS = 2;
/** Stands for a word that was too rare to learn. */
export const UNK = 3;

/** How the first four tokens are written. */
export const MARKS: readonly string[] = ["<pad>", "<sos>", "<eos>", "<unk>"];

/** How sentences become tokens and come back. */
export interface Tokens {
  /** How each token is written; the first four are marks. */
  readonly names: readonly string[];
  /** Pairs of pieces that were merged, in order, where tokens are pieces of words. */
  readonly merges?: readonly (readonly [string, string])[];
  /** Turns a sentence into tokens, without marks but `UNK`. */
  readonly encode: (line: string) => readonly number[];
  /** Turns tokens, without marks but `UNK`, into a sentence. */
  readonly decode: (ids: readonly number[]) => string;
}

/** Names what tokens are: words, or pieces of them. */
export function tokenUnit({ merges }: Tokens): "piece" | "word" {
  return merges ? "piece" : "word";
}

/**
 * Counts how often each token occurs among those that a decoder is to predict.
 *
 * @param sentences Tokens of the target sentences, without marks.
 * @param size How many tokens there are.
 * @returns Counts, with one end for each sentence, [token].
 */
export function tokenCounts(
  sentences: readonly (readonly number[])[],
  size: number,
): Float64Array {
  const counts = new Float64Array(size);
  for (const sentence of sentences) {
    for (const id of sentence) counts[id]! += 1;
  }
  counts[EOS]! += sentences.length;
  return counts;
}

/** How often a token that never occurs is taken to occur. */
const UNSEEN = 0.1;

/**
 * The log frequency of each token, smoothed so that all are finite: where the bias of the output should begin.
 *
 * @param counts Of `tokenCounts`.
 * @returns Nats, [token]; their exponentials sum to 1.
 */
export function logFrequencies(
  counts: Float64Array,
): Float32Array<ArrayBuffer> {
  const total = counts.reduce((sum, count) => sum + count + UNSEEN, 0);
  return Float32Array.from(counts, (n) => Math.log((n + UNSEEN) / total));
}

/**
 * The entropy of single tokens: the loss of a model that knows frequencies alone.
 *
 * @param counts Of `tokenCounts`.
 * @returns Nats per token.
 */
export function unigramEntropy(counts: Float64Array): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce(
    (sum, n) => n === 0 ? sum : sum - n / total * Math.log(n / total),
    0,
  );
}

/**
 * The loss on some tokens of a model that knows the frequencies of others alone: what a translator begins with.
 *
 * @param logs Of `logFrequencies`, nats, [token].
 * @param counts Of `tokenCounts`, of the tokens to predict.
 * @returns Nats per token.
 *
 * @example
 * ```ts
 * import { unigramCrossEntropy } from "@lowerbound/lowerbound/translation";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const logs = Float32Array.of(Math.log(1 / 4), Math.log(3 / 4));
 * const counts = Float64Array.of(1, 1);
 * assertAlmostEquals(unigramCrossEntropy(logs, counts), Math.log(16 / 3) / 2, 1e-6);
 * ```
 */
export function unigramCrossEntropy(
  logs: Float32Array,
  counts: Float64Array,
): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, n, token) => sum - n / total * logs[token]!, 0); // one for each
}
