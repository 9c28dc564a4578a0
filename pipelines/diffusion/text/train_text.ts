/**
 * The stage that trains the text encoder and the U-Net.
 * @module
 */
import { split } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { Decay } from "../../training/learning_rate.ts";
import type { Training } from "../../training/training.ts";
import { oneOf } from "../../core/task/fields.ts";
import { namesOf, withDefaults } from "../../core/task/flags.ts";
import type { Flags } from "../../core/task/flags.ts";
import type { DenoisingItems } from "../denoising_model.ts";
import {
  type DiffusionTraining,
  diffusionTraining,
} from "../diffusion_settings.ts";
import { fitDenoiser } from "../fit_denoiser.ts";
import type { LatentSets } from "./scene_latents.ts";
import { type TextModel, textModel } from "./text_model.ts";

/** How to train. */
export interface TextTraining extends DiffusionTraining {
  /** How the step size falls after the warm-up. */
  readonly decay: Decay;
}

/** Flags of the training. */
export const textTraining: Flags<TextTraining> = {
  ...withDefaults(diffusionTraining, {
    updates: 24_000,
    batch: 16,
    validateEvery: 1000,
  }),
  decay: oneOf(
    ["cosine", "constant", "linear", "inverse-root"],
    "how the step size falls after the warm-up",
  ),
};

/** Trains on latents of captioned scenes; some captions are dropped. */
export const trainText: Stage<
  TextTraining & { readonly latents: LatentSets },
  { readonly model: TextModel; readonly training: Training }
> = stage("train", {
  needs: ["latents", ...namesOf(textTraining)],
  cached: true,
  adds: {
    model: "text encoder and U-Net",
    training: "records, and the best weight update",
  },
}, async ({ latents, decay, ...settings }, context) => {
  const [weightKey, key] = split(context.key, 2);
  using stack = new DisposableStack();
  const model = stack.use(await textModel(weightKey));
  const training = await fitDenoiser(
    {
      model,
      train: latents.train,
      held: firstItems(latents.validation, settings.errorImages),
      decay,
    },
    settings,
    { ...context, key },
  );
  stack.move();
  return { model, training };
});

function firstItems(items: DenoisingItems, most: number): DenoisingItems {
  return { ...items, count: Math.min(most, items.count) };
}
