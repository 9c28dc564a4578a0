/**
 * One transformer for many languages.
 * @module
 */
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import type { Flags } from "../../core/task/flags.ts";
import { drawMany } from "./draw_many.ts";
import { drawNorms } from "./draw_norms.ts";
import {
  followNorms,
  type NormSettings,
  normSettings,
} from "./follow_norms.ts";
import {
  type InitialSettings,
  initialSettings,
  measureInitialNorms,
} from "./initial_norms.ts";
import {
  type SingleSettings,
  singleSettings,
  trainManyCases,
} from "./many_cases.ts";
import { loadMany, type ManySettings, manySettings } from "./many_corpus.ts";
import { reportMany } from "./report_many.ts";
import { summarizeMany } from "./summarize_many.ts";
import { type ManyTraining, manyTraining } from "./fit_transformer.ts";
import {
  type TransformerSettings,
  transformerSettings,
} from "../transformer_translator.ts";

/** Everything that shapes the experiment. */
export interface TranslateManyConfig
  extends
    ManySettings,
    ManyTraining,
    TransformerSettings,
    SingleSettings,
    InitialSettings,
    NormSettings {
  /** Sentences by name or path. */
  readonly data: string;
}

/** Settings of the experiment but for `data`, with the defaults of its stages. */
export const translateManyFlags: Flags<Omit<TranslateManyConfig, "data">> = {
  ...manySettings,
  ...transformerSettings,
  ...manyTraining,
  ...singleSettings,
  ...initialSettings,
  ...normSettings,
};

/** From sentences in four languages to one model of all directions, beside models of one. */
export const translateMany: Stage<
  TranslateManyConfig,
  { readonly summary: Summary }
> = pipeline<TranslateManyConfig>("translate-many")
  .pipe(loadMany)
  .pipe(measureInitialNorms)
  .pipe(trainManyCases)
  .pipe(followNorms)
  .pipe(summarizeMany)
  .pipe(reportMany)
  .pipe(drawMany)
  .pipe(drawNorms)
  .give("summary");
