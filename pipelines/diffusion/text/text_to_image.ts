/**
 * Pictures of scenes from words.
 * @module
 */
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { Flags } from "../../core/task/flags.ts";
import { type TextLearning, textLearning } from "./learn_text.ts";
import { obtainText, type TextSource, textSource } from "./obtain_text.ts";
import {
  type MeasuringRequest,
  measuringRequest,
} from "./measuring_request.ts";
import { checkText, type TextRequest, textRequest } from "./text_request.ts";

/** Everything that shapes the experiment. */
export interface TextToImageConfig
  extends TextRequest, TextSource, MeasuringRequest, TextLearning {}

/** Flags of the task. */
export const textToImageFlags: Flags<Omit<TextToImageConfig, "data">> = {
  ...textRequest,
  ...textSource,
  ...measuringRequest,
  ...textLearning,
};

const summarize: Stage<object, { readonly summary: Summary }> = stage(
  "summarize",
  { needs: [], adds: { summary: "x" } },
  () => ({ summary: {} }),
);

/** From digits and a prompt to pictures and their numbers. */
export const textToImageExperiment: Stage<
  TextToImageConfig,
  { readonly summary: Summary }
> = pipeline<TextToImageConfig>("text-to-image")
  .pipe(checkText)
  .pipe(obtainText)
  .pipe(summarize)
  .give("summary");
