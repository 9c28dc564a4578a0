/**
 * How good translations are, with errors over sentences.
 * @module
 */
import { fold, type Key } from "../core/random/key.ts";
import { bleuOf, bleuStatistics, corpusBleu } from "../text/metrics/bleu.ts";
import { bootstrapError } from "../text/metrics/bootstrap.ts";
import { chrfOf, chrfStatistics, corpusChrf } from "../text/metrics/chrf.ts";
import { pairSentences, sumRows } from "../text/metrics/references.ts";

/** A score with its standard error over sentences. */
export interface Score {
  /** 0 to 100. */
  readonly score: number;
  /** By the bootstrap. */
  readonly standardError: number;
}

/** Scores of translations in lower case against references in lower case. */
export interface TranslationScores {
  /** Corpus BLEU. */
  readonly bleu: Score;
  /** Corpus chrF2. */
  readonly chrf: Score;
  /** Corpus chrF++. */
  readonly chrfPlusPlus: number;
  /** Tokens of the translations over those of the references. */
  readonly lengthRatio: number;
  /** As sacreBLEU prints it. */
  readonly signature: string;
}

/** Everything here is in lower case, and says so. */
const CASE = { case: "lc" } as const;

/**
 * Scores translations.
 *
 * @param hypotheses One for each sentence, detokenized.
 * @param references One for each sentence, detokenized.
 * @param key Decides the resamplings of the bootstrap.
 * @returns The scores.
 * @throws {RangeError} If there are no sentences, or the counts differ.
 */
export function scoreTranslations(
  hypotheses: readonly string[],
  references: readonly string[],
  key: Key,
): TranslationScores {
  const translations = { hypotheses, references: [references] };
  const sentences = pairSentences(translations);
  const bleuRows = sentences.map((one) => bleuStatistics(one, CASE));
  const chrfRows = sentences.map((one) => chrfStatistics(one, CASE));
  const bleu = corpusBleu(translations, CASE);
  const bleuScore = (sums: readonly number[]) => bleuOf(sums).score;
  return {
    bleu: {
      score: bleu.score,
      standardError: bootstrapError(bleuRows, bleuScore, fold(key, "bleu")),
    },
    chrf: {
      score: chrfOf(sumRows(chrfRows)),
      standardError: bootstrapError(chrfRows, chrfOf, fold(key, "chrf")),
    },
    chrfPlusPlus: corpusChrf(translations, { ...CASE, wordOrder: 2 }).score,
    lengthRatio: bleu.hypothesisLength / bleu.referenceLength,
    signature: bleu.signature,
  };
}

/** BLEU of the sentences whose sources have about one length. */
export interface LengthBin {
  /** Least and greatest number of source words, without the end. */
  readonly range: readonly [number, number];
  /** Mean number of source words. */
  readonly meanLength: number;
  /** How many. */
  readonly sentences: number;
  /** BLEU of these sentences alone. */
  readonly bleu: Score;
}

/** About a sixth of Multi30k's test sentences are in the first, a third in the second, a fourteenth in the last. */
const BINS: readonly (readonly [number, number])[] = [
  [1, 8],
  [9, 11],
  [12, 14],
  [15, 18],
  [19, Infinity],
];

/**
 * Scores translations by the length of their sources.
 *
 * @param hypotheses One for each sentence.
 * @param references One for each sentence.
 * @param lengths Words of each source.
 * @param key Decides the resamplings of the bootstrap.
 * @returns Bins that hold sentences, from short to long.
 */
export function bleuByLength(
  hypotheses: readonly string[],
  references: readonly string[],
  lengths: readonly number[],
  key: Key,
): readonly LengthBin[] {
  return BINS.flatMap(([low, high]) => {
    const inside = lengths.flatMap((n, i) => n >= low && n <= high ? [i] : []);
    if (inside.length === 0) return [];
    const pick = (lines: readonly string[]) => inside.map((i) => lines[i]!);
    const { bleu } = scoreTranslations(
      pick(hypotheses),
      pick(references),
      fold(key, low),
    );
    const found = inside.map((i) => lengths[i]!);
    const meanLength = found.reduce((sum, n) => sum + n, 0) / found.length;
    const range = [Math.min(...found), Math.max(...found)] as const;
    return [{ range, meanLength, sentences: inside.length, bleu }];
  });
}
