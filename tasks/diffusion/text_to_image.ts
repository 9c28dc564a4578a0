/**
 * A latent diffusion model of captioned scenes, trained here: `deno task text-to-image --prompt "a red three"`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type TextToImageConfig,
  textToImageExperiment,
  textToImageFlags,
} from "../../pipelines/diffusion/text/text_to_image.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<TextToImageConfig>({
  name: "text-to-image",
  about:
    "Trains an autoencoder, a text encoder and a U-Net on captioned scenes made of digits, draws prompts, and measures what is drawn.",
  flags: textToImageFlags,
  pipeline: textToImageExperiment,
  units: {
    ...Object.fromEntries(
      [
        ...["ink", "ground", "thickness", "place", "digits", "everything"],
        ...["without", "with", "changedGround", "changedOther"],
        ...["overlap", "otherOverlap"],
      ].map((word) => [word, "share"]),
    ),
    ...{ shift: "pixels", otherShift: "pixels", starts: "starts" },
    distance: "deviations of the latents",
  },
  examples: [
    "deno task text-to-image --smoke",
    'deno task text-to-image --model-folder runs/text-to-image-... --prompt "a thin green five on a yellow ground"',
  ],
});

if (import.meta.main) await main(task);
