/**
 * chrF and chrF++ as sacreBLEU computes them.
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
import { splitWhiteSpace } from "./white_space.ts";

/** How chrF is computed; chrF2 unless given. */
export interface ChrfOptions {
  /** Whether case counts: `mixed`, or `lc` for lower-cased texts. */
  readonly case?: "mixed" | "lc";
  /** The highest order of n-grams of characters; 6 unless given. */
  readonly characterOrder?: number;
  /** The highest order of n-grams of words; 0 unless given, 2 for chrF++. */
  readonly wordOrder?: number;
  /** How many times more recall counts than precision; 2 unless given. */
  readonly beta?: number;
  /** Whether white space counts as characters; removed unless given. */
  readonly whiteSpace?: "removed" | "kept";
}

/** chrF, and what others must know to compare. */
export interface Chrf {
  /** 0 to 100. */
  readonly score: number;
  /** As sacreBLEU prints it. */
  readonly signature: string;
}

/** The version whose numbers these are. */
const VERSION = "2.6.0";

/** Python's `string.punctuation`. */
const PUNCTUATION = new Set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

/**
 * Computes corpus chrF: the F score of precision and recall, each averaged over orders of n-grams of characters.
 *
 * Source: Popović 2015, eq. 1, and 2017 for words; equal to sacreBLEU 2.6.0 to all digits. Characters are code points.
 *
 * @param translations Detokenized lines.
 * @param options How.
 * @returns The score.
 * @throws {RangeError} If a sentence has no reference, or an option breaks its rule.
 */
export function corpusChrf(
  translations: Translations,
  options: ChrfOptions = {},
): Chrf {
  checkOptions(options);
  const sentences = pairSentences(translations);
  const rows = sentences.map((one) => chrfStatistics(one, options));
  const { characterOrder = 6, wordOrder = 0, whiteSpace } = options;
  const signature = [
    `nrefs:${translations.references.length}`,
    `case:${options.case ?? "mixed"}`,
    "eff:yes",
    `nc:${characterOrder}`,
    `nw:${wordOrder}`,
    `space:${whiteSpace === "kept" ? "yes" : "no"}`,
    `version:${VERSION}`,
  ].join("|");
  return { score: chrfOf(sumRows(rows), options), signature };
}

/**
 * Counts what a sentence adds to the chrF of its corpus, against the reference that suits it best.
 *
 * @param sentence A hypothesis with its references.
 * @param options How.
 * @returns For each order: n-grams of the hypothesis, of the reference, and shared ones.
 */
export function chrfStatistics(
  { hypothesis, references }: ScoredSentence,
  options: ChrfOptions = {},
): readonly number[] {
  const found = ordersOf(hypothesis, options);
  const candidates = references.map((reference) =>
    ordersOf(reference, options).flatMap((wanted, i) => {
      const counts = found[i]!; // as many orders
      const hypothesisCount = wanted.size > 0 ? countAll(counts) : 0;
      return [hypothesisCount, countAll(wanted), countShared(counts, wanted)];
    })
  );
  return candidates.reduce((best, one) =>
    chrfOf(one, options) > chrfOf(best, options) ? one : best
  );
}

/**
 * Computes chrF from sums of {@linkcode chrfStatistics}.
 *
 * @param sums The sums, as for one sentence.
 * @param options The weight of recall.
 * @returns 0 to 100.
 */
export function chrfOf(
  sums: readonly number[],
  { beta = 2 }: ChrfOptions = {},
): number {
  let [precision, recall, orders] = [0, 0, 0];
  for (let i = 0; i < sums.length; i += 3) {
    const [found = 0, wanted = 0, shared = 0] = sums.slice(i, i + 3);
    if (found === 0 || wanted === 0) continue;
    precision += shared / found;
    recall += shared / wanted;
    orders++;
  }
  if (precision + recall === 0) return 0;
  precision /= orders;
  recall /= orders;
  const factor = beta ** 2;
  return 100 * ((1 + factor) * precision * recall) /
    (factor * precision + recall);
}

function checkOptions(
  { characterOrder = 6, wordOrder = 0, beta = 2, ...options }: ChrfOptions,
): void {
  const { whiteSpace = "removed" } = options;
  checkChoice("case", options.case ?? "mixed", ["mixed", "lc"]);
  checkChoice("whiteSpace", whiteSpace, ["removed", "kept"]);
  for (const [name, order] of Object.entries({ characterOrder, wordOrder })) {
    if (Number.isInteger(order) && order >= 0) continue;
    throw new RangeError(
      `Expected ${name} to be a whole number from 0 on but found ${order}`,
    );
  }
  if (beta >= 0 && beta < Infinity) return;
  throw new RangeError(`Expected beta to be at least 0 but found ${beta}`);
}

function ordersOf(
  line: string,
  { characterOrder = 6, wordOrder = 0, whiteSpace, ...options }: ChrfOptions,
) {
  const text = options.case === "lc" ? line.toLowerCase() : line;
  const kept = whiteSpace === "kept" ? text : splitWhiteSpace(text).join("");
  return [
    ...countNgrams(Array.from(kept), characterOrder),
    ...countNgrams(wordsOf(text), wordOrder),
  ];
}

/** One mark of punctuation is cut off a word: at its end, or else at its beginning. */
function wordsOf(text: string): readonly string[] {
  return splitWhiteSpace(text).flatMap((word) => {
    const characters = Array.from(word);
    if (characters.length === 1) return [word];
    const last = characters.at(-1)!; // never empty
    const first = characters[0]!; // as above
    if (PUNCTUATION.has(last)) return [characters.slice(0, -1).join(""), last];
    if (PUNCTUATION.has(first)) return [first, characters.slice(1).join("")];
    return [word];
  });
}
