/**
 * What a person asks of the text-to-image model that is trained here.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import { count, oneOf, real, text } from "../../core/task/fields.ts";
import { type Flags, namesOf, only } from "../../core/task/flags.ts";
import {
  type Checked,
  checkedEntry,
} from "../../images/features/check_measurable.ts";
import {
  samplerByName,
  type SamplerName,
  samplerNames,
} from "../samplers_by_name.ts";
import {
  type SceneCounts,
  sceneCounts,
} from "../../images/scenes/make_scenes.ts";
import { promptTokens } from "../../images/scenes/prompt_tokens.ts";
import type { MeasuringRequest } from "./measuring_request.ts";
import { textSchedule } from "./text_model.ts";
import { AUTOENCODER_BATCH } from "./train_autoencoder.ts";
import type { TextTraining } from "./train_text.ts";

/** What to draw, and how. */
export interface TextRequest {
  /** What to draw. */
  readonly prompt: string;
  /** What to lead away from; `none` for an empty prompt. */
  readonly negative: string;
  /** Part of the steps, from the first, that lead away from the negative prompt; the others from an empty one. */
  readonly negativePart: number;
  /** The method. */
  readonly sampler: SamplerName;
  /** Steps of the sampler. */
  readonly steps: number;
  /** How strongly the prompt guides. */
  readonly guidance: number;
  /** How many images. */
  readonly images: number;
}

/** Flags of a request. */
export const textRequest: Flags<TextRequest> = {
  prompt: text(
    "a thick red three left of a seven on a blue ground",
    "what to draw, in known words",
  ),
  negative: text("none", "what to lead away from; none: an empty prompt"),
  negativePart: real(
    1,
    "part of the steps, from the first, that lead away from the negative prompt",
    { min: 0, max: 1 },
  ),
  sampler: { ...oneOf(samplerNames, "how images are drawn"), fallback: "dpm2" },
  steps: count(25, "steps of the sampler", { smoke: 3 }),
  guidance: real(3, "how strongly the prompt guides", { min: 0 }),
  images: count(8, "images of the prompt, each from noise of its own", {
    smoke: 2,
  }),
};

/** The negative prompt as the model reads it. */
export function negativePrompt(
  { negative }: Pick<TextRequest, "negative">,
): string {
  return negative === "none" ? "" : negative;
}

/** Refuses unknown words, more steps than there are timesteps, and fewer scenes than a batch, before any training. */
export const checkText: Stage<
  & TextRequest
  & Pick<MeasuringRequest, "samplers" | "stepCounts">
  & Pick<TextTraining, "batch">
  & Partial<Pick<SceneCounts, "scenes">>,
  Checked
> = stage("check", {
  needs: [
    ...namesOf(textRequest),
    ...["samplers", "stepCounts", "batch"] as const,
  ],
  settings: only(sceneCounts, "scenes"),
  adds: checkedEntry,
}, ({ samplers, stepCounts, batch, scenes, ...request }, { progress }) => {
  promptTokens(request.prompt);
  const negative = negativePrompt(request);
  promptTokens(negative);
  const schedule = textSchedule();
  for (const sampler of [request.sampler, ...samplers]) {
    for (const steps of [request.steps, ...stepCounts]) {
      samplerByName(sampler, schedule, steps);
    }
  }
  const least = Math.max(batch, AUTOENCODER_BATCH);
  if (scenes < least) {
    throw new RangeError(
      `Expected at least ${least} scenes, as many as a batch, but found ${scenes}`,
    );
  }
  if (negative !== "" && request.guidance === 1) {
    progress.warn("A negative prompt has no effect at guidance 1");
  }
  return { isChecked: true };
});
