/**
 * Transformers on text, with the gradient at each layer measured throughout training.
 * @module
 */
import {
  buildTransformer,
  type TransformerSizes,
} from "./build_transformer.ts";
import { pipeline } from "../core/pipeline.ts";
import type { Summary } from "../core/run/summary.ts";
import type { InputOf, Stage } from "../core/stage.ts";
import { count, oneOf, real, realOr } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";
import { evaluateTextLoss } from "./evaluate_text_loss.ts";
import { gatherGradients } from "./gather_gradients.ts";
import { reportLanguageModel } from "./report_language_model.ts";
import { summarizeLanguageModel } from "./summarize_language_model.ts";
import { type SampleRequest, writeSamples } from "./write_samples.ts";
import { loadText } from "../text/load_text.ts";
import { drawGradientProfiles } from "./draw_gradient_profiles.ts";
import { drawGradients } from "./draw_gradients.ts";
import { drawTextLoss } from "./draw_text_loss.ts";
import {
  type LanguageTraining,
  trainLanguageModel,
} from "./train_language_model.ts";

/** What shapes a transformer and its training. */
export interface TransformerConfig extends TransformerSizes, LanguageTraining {
  /** Nats per character that the training loss is to fall below. */
  readonly threshold: number;
}

/** Everything that shapes the experiment. */
export interface LanguageConfig extends TransformerConfig, SampleRequest {
  /** Text by name or path. */
  readonly data: string;
}

/** Flags of models and their training: small transformers, as in the analysis of Xiong et al. 2020. */
export const transformerFlags: Flags<TransformerConfig> = {
  architecture: oneOf(
    ["causal", "encoder-decoder"],
    "continue text, or read a window of it and write its translation",
  ),
  translation: oneOf(
    ["reversal", "copy"],
    "what an encoder-decoder writes of the text that it reads",
  ),
  normalization: oneOf(["pre", "post"], "where the layer norms stand"),
  layers: count(12, "layers of each stack"),
  width: count(64, "length of the vectors", { smoke: 32 }),
  heads: count(4, "heads of attention, which divide the width"),
  feedForward: realOr(
    4,
    "none",
    "width of the feed-forward network over that of the vectors; none for attention alone",
    { min: 0.01 },
  ),
  activation: oneOf(["relu", "gelu"], "function in the feed-forward network"),
  positions: oneOf(
    ["sinusoidal", "learned"],
    "positions as waves or parameters",
  ),
  initialization: oneOf(["glorot", "gpt2"], "how large the weights begin"),
  context: count(64, "characters that the model sees at once", { smoke: 24 }),
  batch: count(16, "windows of text in a weight update", { smoke: 8 }),
  steps: count(600, "weight updates", { smoke: 40 }),
  learningRate: real(1e-3, "highest step size of the optimizer", { min: 0 }),
  warmUp: count(100, "weight updates until the highest step size", {
    min: 0,
    smoke: 10,
  }),
  decay: oneOf(
    ["cosine", "constant", "inverse-root"],
    "how the step size falls from then on",
  ),
  optimizer: oneOf(
    ["adam", "adamw", "sgd", "momentum", "adagrad"],
    "how the weights follow their gradient",
  ),
  beta2: real(0.98, "decay of Adam's mean of squared gradients", {
    min: 0,
    max: 0.999999,
  }),
  weightDecay: real(0.1, "decay of matrices by adamw", { min: 0 }),
  clip: real(0, "greatest length of the gradient; 0: any", { min: 0 }),
  recordEvery: count(10, "weight updates averaged in one record", { smoke: 5 }),
  validateEvery: count(100, "weight updates between two validations", {
    smoke: 20,
  }),
  measureWindows: count(0, "most windows of validation and of test; 0: all", {
    min: 0,
    smoke: 100,
  }),
  threshold: real(0.5, "nats per character that the training loss is to reach"),
};

/** Flags of the experiment. */
export const languageFlags: Flags<Omit<LanguageConfig, "data">> = {
  ...transformerFlags,
  samples: count(3, "texts to write at the end", { smoke: 1 }),
  sampleLength: count(400, "characters of each", { smoke: 80 }),
  temperature: real(1, "how freely the model writes", { min: 0.01 }),
  topK: count(0, "likeliest characters that it may write; 0: all", { min: 0 }),
};

/** Changes the defaults of flags. */
export function withDefaults<C extends object>(
  flags: Flags<C>,
  defaults: Partial<NoInfer<C>>,
): Flags<C> {
  const changed = Object.entries(defaults).map(([name, fallback]) => [
    name,
    { ...flags[name as keyof C], fallback }, // its entries are those of C
  ]);
  return { ...flags, ...Object.fromEntries(changed) };
}

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
