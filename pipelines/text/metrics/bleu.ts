/**
 * BLEU as sacreBLEU computes it.
 * @module
 */
import { checkChoice } from "../../../compile/check_choice.ts";
import { countAll, countNgrams, countShared } from "./count_ngrams.ts";
import {
  pairSentences,
  type ScoredSentence,
  sumRows,
  type Translations,
} from "./references.ts";
import { tokenize13a } from "./tokenize_13a.ts";
import { trimEndWhiteSpace } from "./white_space.ts";

/** How BLEU is computed; sacreBLEU's defaults unless given. */
export interface BleuOptions {
  /** Whether case counts: `mixed`, or `lc` for lower-cased texts. */
  readonly case?: "mixed" | "lc";
  /** What stands for a precision without a match: `exp`, 1/2, 1/4, ... of a match; a constant part of one; or nothing. */
  readonly smoothing?: "exp" | "floor" | "none";
  /** Matches that `floor` assumes; 0.1 unless given. */
  readonly floor?: number;
  /** Whether orders without an n-gram are left out of the mean: `no` for corpora, `yes` for single sentences. */
  readonly effectiveOrder?: "no" | "yes";
}

/** BLEU with everything that it is made of. */
export interface Bleu {
  /** 0 to 100. */
  readonly score: number;
  /** Shared n-grams of the orders 1 to 4. */
  readonly counts: readonly number[];
  /** N-grams of the hypotheses. */
  readonly totals: readonly number[];
  /** Percent, after smoothing. */
  readonly precisions: readonly number[];
  /** exp(1 - reference / hypothesis length) where hypotheses are shorter, else 1. */
  readonly brevityPenalty: number;
  /** Tokens of the hypotheses. */
  readonly hypothesisLength: number;
  /** Tokens of the references, for each sentence the one closest in length, the shorter of two. */
  readonly referenceLength: number;
  /** What others must know to compare: as sacreBLEU prints it. */
  readonly signature: string;
}

const ORDERS = 4;

/** The version whose numbers these are. */
const VERSION = "2.6.0";

/**
 * Computes corpus BLEU: the geometric mean of clipped n-gram precisions, times a penalty for brevity.
 *
 * Source: Papineni et al. 2002, section 2; Post 2018 for the tokens; equal to sacreBLEU 2.6.0 to all digits.
 *
 * @param translations Detokenized lines.
 * @param options How.
 * @returns The score and its parts.
 * @throws {RangeError} If a sentence has no reference, or an option breaks its rule.
 */
export function corpusBleu(
  translations: Translations,
  options: BleuOptions = {},
): Bleu {
  checkOptions(options);
  const sentences = pairSentences(translations);
  const rows = sentences.map((one) => bleuStatistics(one, options));
  const signature = [
    `nrefs:${translations.references.length}`,
    `case:${options.case ?? "mixed"}`,
    `eff:${options.effectiveOrder ?? "no"}`,
    "tok:13a",
    smoothingSignature(options),
    `version:${VERSION}`,
  ].join("|");
  return { ...bleuOf(sumRows(rows), options), signature };
}

/**
 * Counts what a sentence adds to the BLEU of its corpus.
 *
 * @param sentence A hypothesis with its references.
 * @param options Whether case counts.
 * @returns Lengths of hypothesis and closest reference, 4 counts of shared and 4 of all n-grams.
 */
export function bleuStatistics(
  { hypothesis, references }: ScoredSentence,
  options: Pick<BleuOptions, "case"> = {},
): readonly number[] {
  const tokensOf = (line: string) =>
    tokenize13a(
      trimEndWhiteSpace(options.case === "lc" ? line.toLowerCase() : line),
    );
  const tokens = tokensOf(hypothesis);
  const known = references.map(tokensOf);
  const found = countNgrams(tokens, ORDERS);
  const wanted = known.map((one) => countNgrams(one, ORDERS));
  const shared = found.map((counts, i) => {
    const most = new Map<string, number>(); // of all references
    for (const orders of wanted) {
      for (const [ngram, count] of orders[i]!) { // as many orders
        most.set(ngram, Math.max(count, most.get(ngram) ?? 0));
      }
    }
    return countShared(counts, most);
  });
  const closest = known.map(({ length }) => length).reduce((best, length) => {
    const further = Math.abs(length - tokens.length) -
      Math.abs(best - tokens.length);
    return further < 0 || (further === 0 && length < best) ? length : best;
  });
  return [tokens.length, closest, ...shared, ...found.map(countAll)];
}

/**
 * Computes BLEU from sums of {@linkcode bleuStatistics}.
 *
 * @param sums The sums, as for one sentence.
 * @param options Smoothing and effective order.
 * @returns The score and its parts.
 */
export function bleuOf(
  sums: readonly number[],
  options: BleuOptions = {},
): Omit<Bleu, "signature"> {
  const [hypothesisLength = 0, referenceLength = 0] = sums;
  const counts = sums.slice(2, 2 + ORDERS);
  const totals = sums.slice(2 + ORDERS);
  const brevityPenalty = hypothesisLength >= referenceLength
    ? 1
    : hypothesisLength === 0
    ? 0
    : Math.exp(1 - referenceLength / hypothesisLength);
  const lengths = { hypothesisLength, referenceLength };
  const parts = { counts, totals, brevityPenalty, ...lengths };
  if (counts.every((count) => count === 0)) {
    return { score: 0, precisions: counts.map(() => 0), ...parts };
  }
  const { precisions, order } = smooth(counts, totals, options);
  const logs = precisions.slice(0, order).map(Math.log);
  const mean = logs.reduce((sum, log) => sum + log, 0) / order;
  return { score: brevityPenalty * Math.exp(mean), precisions, ...parts };
}

function checkOptions(
  { smoothing = "exp", effectiveOrder = "no", floor = 0.1, ...options }:
    BleuOptions,
): void {
  checkChoice("case", options.case ?? "mixed", ["mixed", "lc"]);
  checkChoice("smoothing", smoothing, ["exp", "floor", "none"]);
  checkChoice("effectiveOrder", effectiveOrder, ["no", "yes"]);
  if (floor >= 0 && floor < Infinity) return;
  throw new RangeError(`Expected floor to be at least 0 but found ${floor}`);
}

/** Precisions in percent, and how many of them count. */
function smooth(
  counts: readonly number[],
  totals: readonly number[],
  { smoothing = "exp", floor = 0.1, effectiveOrder = "no" }: BleuOptions,
): { readonly precisions: readonly number[]; readonly order: number } {
  let halvings = 1;
  const precisions = counts.map((count, i) => {
    const total = totals[i]!; // as many
    if (total === 0) return 0;
    if (count > 0) return 100 * count / total;
    switch (smoothing) {
      case "exp":
        halvings *= 2;
        return 100 / (halvings * total);
      case "floor":
        return 100 * floor / total;
      case "none":
        return 0;
    }
  });
  const present = totals.filter((total) => total > 0).length;
  return { precisions, order: effectiveOrder === "yes" ? present : ORDERS };
}

function smoothingSignature({ smoothing = "exp", floor = 0.1 }: BleuOptions) {
  return `smooth:${smoothing}${
    smoothing === "floor" ? `[${floor.toFixed(2)}]` : ""
  }`;
}
