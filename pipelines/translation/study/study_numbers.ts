/**
 * Means over seeds of what the study measured.
 * @module
 */
import {
  type MeanAndError,
  meanAndError,
} from "../../statistics/mean_and_error.ts";
import type { AttentionMeasures, StepKind } from "./attention_measures.ts";
import type { CaseMeasures } from "./measure_case.ts";
import type { CaseKind, KindResult } from "./study_cases.ts";

/** Finds the translators of a kind. */
export function measuresOf(
  results: readonly KindResult[],
  kind: CaseKind,
): readonly CaseMeasures[] {
  return results.find((one) => one.kind === kind)?.measures ?? [];
}

/**
 * Averages a number over the seeds of a kind.
 *
 * @param results Of all kinds.
 * @param kind The kind.
 * @param number Of one translator; nothing where it does not apply.
 * @returns The mean and its error over seeds; nothing where it never applies.
 */
export function overSeeds(
  results: readonly KindResult[],
  kind: CaseKind,
  number: (measures: CaseMeasures) => number | undefined,
): MeanAndError | undefined {
  const values = measuresOf(results, kind).flatMap((one) => number(one) ?? []);
  return values.length === 0 ? undefined : meanAndError(values);
}

/** Reads one measure of attention, for `overSeeds`. */
export function attentionOf(
  kind: StepKind | "all",
  name: keyof AttentionMeasures,
): (measures: CaseMeasures) => number | undefined {
  return ({ attention }) => attention[kind]?.[name];
}

/**
 * The surprisal that a translator's own words cost, beyond that of true words, over all positions.
 *
 * @param measures Of one translator.
 * @returns Nats per token, each position counted by its sentences.
 */
export function exposureGap({ exposure }: CaseMeasures): number {
  const total = exposure.reduce((sum, one) => sum + one.sentences, 0);
  return exposure.reduce(
    (sum, { own, forced, sentences }) => sum + (own - forced) * sentences,
    0,
  ) / total;
}

/**
 * BLEU of the longest sentences less that of the middle ones: how a translator bears length.
 *
 * @param measures Of one translator.
 * @returns Points of BLEU, negative where long sentences are worse; nothing where all are of about one length.
 */
export function lengthEffect({ byLength }: CaseMeasures): number | undefined {
  if (byLength.length < 2) return undefined;
  const middle = byLength[Math.floor((byLength.length - 1) / 2)]!; // there are two
  return byLength.at(-1)!.bleu.score - middle.bleu.score; // as above
}
