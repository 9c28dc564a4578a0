/**
 * Pictures of scenes from words.
 * @module
 */
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import type { Flags } from "../../core/task/flags.ts";
import { compareTextSamplers } from "./compare_text_samplers.ts";
import { drawGallery } from "./draw_gallery.ts";
import { drawPrompt } from "./draw_prompt.ts";
import { drawRequest } from "./draw_request.ts";
import { drawText } from "./draw_text.ts";
import { measureNegative } from "./measure_negative.ts";
import { measurePrompts } from "./measure_prompts.ts";
import { summarizeText } from "./summarize_text.ts";
import { type TextLearning, textLearning } from "./learn_text.ts";
import { obtainText, type TextSource, textSource } from "./obtain_text.ts";
import {
  type MeasuringRequest,
  measuringRequest,
} from "./measuring_request.ts";
import { openStudio } from "./text_studio.ts";
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

/** From digits and a prompt to pictures and their numbers. */
export const textToImageExperiment: Stage<
  TextToImageConfig,
  { readonly summary: Summary }
> = pipeline<TextToImageConfig>("text-to-image")
  .pipe(checkText)
  .pipe(obtainText)
  .pipe(openStudio)
  .pipe(drawRequest)
  .pipe(measurePrompts)
  .pipe(measureNegative)
  .pipe(compareTextSamplers)
  .pipe(summarizeText)
  .pipe(drawPrompt)
  .pipe(drawGallery)
  .pipe(drawText)
  .give("summary");
