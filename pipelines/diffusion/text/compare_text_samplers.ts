/**
 * The stage that compares samplers and numbers of steps on prompts.
 * @module
 */
import { fold } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { accuracyOf } from "../../images/scenes/accuracy.ts";
import { captionOf } from "../../images/scenes/caption.ts";
import { sceneLength } from "../../images/scenes/draw_scene.ts";
import { sampleScene } from "../../images/scenes/sample_scene.ts";
import type { MeanAndError } from "../../statistics/mean_and_error.ts";
import type { SamplerName } from "../samplers_by_name.ts";
import type { MeasuringRequest } from "./measuring_request.ts";
import { isMeasured } from "./measure_prompts.ts";
import type { Obtained } from "./obtain_text.ts";
import type { TextRequest } from "./text_request.ts";
import type { TextStudio } from "./text_studio.ts";

/** One sampler with one number of steps. */
export interface TextSamplerCase {
  /** The method. */
  readonly sampler: SamplerName;
  /** Steps of the sampler. */
  readonly steps: number;
  /** Part of the prompts for which everything is read as they say. */
  readonly everything: MeanAndError;
  /** Root mean square distance of latents, whose deviation is 1, from the end of the flow from the same noise. */
  readonly distance: number;
  /** The first picture, bytes, [32, 32, 3]. */
  readonly picture: Uint8Array;
}

/** Prompts of each sampler with each number of steps: a call of the network. */
const PROMPTS = 25;

/** Steps of Heun's method that are taken for the end of the flow. */
const END = 50;

/** Draws the same prompts from the same noise with each sampler and number of steps. */
export const compareTextSamplers: Stage<
  & Pick<MeasuringRequest, "measure" | "samplers" | "stepCounts">
  & Pick<TextRequest, "guidance">
  & Pick<Obtained, "origin">
  & { readonly studio: TextStudio },
  { readonly textSamplerCases: readonly TextSamplerCase[] }
> = stage("samplers", {
  needs: [
    ...["measure", "samplers", "stepCounts", "guidance"] as const,
    ...["origin", "studio"] as const,
  ],
  adds: { textSamplerCases: "distance and accuracy by sampler and steps" },
}, async ({ studio, samplers, stepCounts, guidance, ...input }, context) => {
  if (!isMeasured(input)) return { textSamplerCases: [] };
  const scenes = Array.from(
    { length: PROMPTS },
    (_, i) => sampleScene(fold(context.key, i), "seen"),
  );
  const draw = (sampler: SamplerName, steps: number) =>
    studio.draw({
      prompts: scenes.map((scene) => captionOf(scene)),
      sampler,
      steps,
      guidance,
      key: fold(context.key, "draw"),
    });
  const end = (await draw("heun", END)).latents;
  const textSamplerCases: TextSamplerCase[] = [];
  for (const sampler of samplers) {
    for (const steps of stepCounts) {
      const { latents, pixels } = await draw(sampler, steps);
      const { everything } = accuracyOf(await studio.read(pixels), scenes);
      const squares = latents.reduce(
        (sum, value, i) => sum + (value - end[i]!) ** 2, // as many
        0,
      );
      textSamplerCases.push({
        sampler,
        steps,
        everything,
        distance: Math.sqrt(squares / latents.length),
        picture: pixels.slice(0, sceneLength),
      });
    }
  }
  return { textSamplerCases };
});
