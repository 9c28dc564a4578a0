/**
 * Where attention goes, in numbers.
 * @module
 */
import { meanAndError } from "../../statistics/mean_and_error.ts";
import type {
  SentencePair,
  TranslationCorpus,
} from "../../text/parallel/corpus.ts";
import { EOS } from "../../text/parallel/tokens.ts";
import type { ReadTarget } from "../read_targets.ts";

/** What is predicted while the decoder looks. */
export type StepKind = "first" | "word" | "punctuation" | "end";

/** Kinds of steps, and all steps together. */
export const STEP_KINDS: readonly (StepKind | "all")[] = [
  "first",
  "word",
  "punctuation",
  "end",
  "all",
];

/** Where attention goes in one step, or on average. */
export interface AttentionMeasures {
  /** Entropy of the weights, in nats. */
  readonly entropy: number;
  /** The entropy over that of equal weights: 1 if all positions are looked at alike. */
  readonly spread: number;
  /** |mean position / (S - 1) - step / (T - 1)|: 0 on the diagonal. */
  readonly diagonalDistance: number;
  /** Weight on the end of the source. */
  readonly end: number;
  /** Weight on its marks of punctuation. */
  readonly punctuation: number;
  /** Weight on its last word. */
  readonly lastWord: number;
  /** What one position would get if all got the same. */
  readonly uniform: number;
}

/** Names of the measures. */
export const MEASURES: readonly (keyof AttentionMeasures)[] = [
  "entropy",
  "spread",
  "diagonalDistance",
  "end",
  "punctuation",
  "lastWord",
  "uniform",
];

/** The mean measures of one kind of step. */
export interface KindMeasures extends AttentionMeasures {
  /** How many steps. */
  readonly steps: number;
}

const PUNCTUATION = /^\p{P}$/u;

/**
 * Measures one row of attention.
 *
 * @param weights On each source position; they sum to 1.
 * @param words The source words, and its end where there is one.
 * @param progress The step over the last one, 0 to 1.
 */
export function measureRow(
  weights: readonly number[],
  words: readonly string[],
  progress: number,
): AttentionMeasures {
  const last = words.findLastIndex((word) => !isMark(word));
  let [entropy, position, end, punctuation, lastWord] = [0, 0, 0, 0, 0];
  weights.forEach((weight, i) => {
    if (weight > 0) entropy -= weight * Math.log(weight);
    position += weight * i;
    if (words[i] === "<eos>") end += weight;
    if (PUNCTUATION.test(words[i]!)) punctuation += weight; // one for each
    if (i === last) lastWord += weight;
  });
  const count = weights.length;
  return {
    entropy,
    spread: count > 1 ? entropy / Math.log(count) : 0,
    diagonalDistance: Math.abs(position / Math.max(1, count - 1) - progress),
    end,
    punctuation,
    lastWord,
    uniform: 1 / count,
  };
}

function isMark(word: string): boolean {
  return word === "<eos>" || PUNCTUATION.test(word);
}

/**
 * Measures the attention of many sentences, by what is predicted.
 *
 * @param pairs The sentences.
 * @param read What was said of them, with attention.
 * @param corpus Its words.
 * @returns Means over steps; kinds that do not occur are left out.
 */
export function measureAttention(
  pairs: readonly Pick<SentencePair, "source" | "target">[],
  read: readonly ReadTarget[],
  { sourceTokens, targetTokens }: TranslationCorpus,
): Readonly<Partial<Record<StepKind | "all", KindMeasures>>> {
  const rows = pairs.flatMap(({ source, target }, i) => {
    const words = source.map((id) => sourceTokens.names[id]!); // its tokens
    return read[i]!.weights.map((weights, step) => { // one for each pair
      const id = target[step]!; // one for each row
      const kind = kindOf(id, targetTokens.names[id]!, step);
      const progress = step / Math.max(1, target.length - 1);
      return { kind, ...measureRow(weights, words, progress) };
    });
  });
  const kinds = STEP_KINDS.flatMap((kind) => {
    const chosen = kind === "all"
      ? rows
      : rows.filter((row) => row.kind === kind);
    if (chosen.length === 0) return [];
    const means = MEASURES.map((name) =>
      [name, meanAndError(chosen.map((row) => row[name])).mean] as const
    );
    return [[kind, { steps: chosen.length, ...Object.fromEntries(means) }]];
  });
  return Object.fromEntries(kinds);
}

function kindOf(id: number, word: string, step: number): StepKind {
  if (id === EOS) return "end";
  if (step === 0) return "first";
  return PUNCTUATION.test(word) ? "punctuation" : "word";
}
