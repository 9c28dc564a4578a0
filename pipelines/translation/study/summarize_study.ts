/**
 * The stage that gathers the numbers of the study of attention.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { MEASURES, STEP_KINDS } from "./attention_measures.ts";
import type { CaseMeasures } from "./measure_case.ts";
import type { KindResult } from "./study_cases.ts";
import {
  attentionOf,
  exposureGap,
  lengthEffect,
  overSeeds,
} from "./study_numbers.ts";

const NUMBERS: Readonly<
  Record<string, (measures: CaseMeasures) => number | undefined>
> = {
  "test/loss": ({ testLoss }) => testLoss,
  "test/bleu": ({ scores }) => scores.bleu.score,
  "test/chrf": ({ scores }) => scores.chrf.score,
  "test/lengthRatio": ({ scores }) => scores.lengthRatio,
  "test/lengthEffect": lengthEffect,
  "test/exposureGap": exposureGap,
  "train/lastLoss": ({ losses }) => losses.at(-1)?.loss,
  "endless/bleu": ({ endless }) => endless.bleu,
  "endless/lengthRatio": ({ endless }) => endless.lengthRatio,
  "endless/samePrefix": ({ endless }) => endless.samePrefix,
  "endless/repeats": ({ endless }) => endless.repeats,
  "endless/lastWord": ({ endless }) => endless.behindEnd?.lastWord,
  "endless/punctuation": ({ endless }) => endless.behindEnd?.punctuation,
  "endless/end": ({ endless }) => endless.behindEnd?.end,
  "alignmentError": ({ alignmentError }) => alignmentError,
  ...Object.fromEntries(
    STEP_KINDS.flatMap((kind) =>
      MEASURES.map((name) =>
        [`attention/${kind}/${name}`, attentionOf(kind, name)] as const
      )
    ),
  ),
};

/** Names the numbers of the study, as `summary.json` holds them: means over seeds, and their errors where there are some. */
export const summarizeStudy: Stage<
  { readonly results: readonly KindResult[] },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["results"],
  adds: { summary: "the study's numbers by name" },
}, ({ results }) => ({
  summary: Object.fromEntries(
    results.flatMap(({ kind }) =>
      Object.entries(NUMBERS).flatMap(([name, number]) => {
        const found = overSeeds(results, kind, number);
        if (!found) return [];
        const path = `${kind.replaceAll(/, | /g, "-")}/${name}`;
        return [
          [path, found.mean] as const,
          ...Number.isFinite(found.standardError)
            ? [[`${path}StdErr`, found.standardError] as const]
            : [],
        ];
      })
    ),
  ),
}));
