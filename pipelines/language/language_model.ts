/**
 * Transformers on text, with the gradient at each layer measured throughout training.
 * @module
 */
import {
  buildTransformer,
  transformerDepth,
  transformerShape,
  type TransformerSizes,
} from "./build_transformer.ts";
import { pipeline } from "../core/pipeline.ts";
import type { Summary } from "../core/run/summary.ts";
import type { InputOf, Stage } from "../core/stage.ts";
import type { Flags } from "../core/task/flags.ts";
import { evaluateTextLoss } from "./evaluate_text_loss.ts";
import { gatherGradients } from "./gather_gradients.ts";
import { reportLanguageModel } from "./report_language_model.ts";
import { summarizeLanguageModel } from "./summarize_language_model.ts";
import { type LossThreshold, lossThreshold } from "./language_results.ts";
import {
  type SampleRequest,
  sampleRequest,
  writeSamples,
} from "./write_samples.ts";
import { loadText } from "../text/load_text.ts";
import { drawGradientProfiles } from "./draw_gradient_profiles.ts";
import { drawGradients } from "./draw_gradients.ts";
import { drawTextLoss } from "./draw_text_loss.ts";
import {
  type LanguageTraining,
  languageTraining,
  trainLanguageModel,
} from "./train_language_model.ts";

/** Everything that shapes the experiment. */
export interface LanguageConfig
  extends TransformerSizes, LanguageTraining, LossThreshold, SampleRequest {
  /** Text by name or path. */
  readonly data: string;
}

/** Settings of the experiment but for `data`, with the defaults of its stages. */
export const languageFlags: Flags<Omit<LanguageConfig, "data">> = {
  ...transformerShape,
  ...transformerDepth,
  ...languageTraining,
  ...lossThreshold,
  ...sampleRequest,
};

/** From text to the numbers, words and pictures of a trained transformer. */
export function languageExperiment(
  name: string,
): Stage<LanguageConfig, { readonly summary: Summary }> {
  return pipeline<LanguageConfig>(name)
    .pipe(loadText)
    .pipe(buildTransformer)
    .pipe(trainLanguageModel)
    .pipe(evaluateTextLoss)
    .pipe(writeSamples)
    .pipe(gatherGradients)
    .pipe(summarizeLanguageModel)
    .pipe(reportLanguageModel)
    .pipe(
      pipeline<
        InputOf<typeof drawTextLoss> & InputOf<typeof drawGradients>
      >("draw")
        .pipe(drawTextLoss)
        .pipe(drawGradients)
        .pipe(drawGradientProfiles),
    )
    .give("summary");
}
