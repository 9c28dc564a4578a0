/**
 * What the length of the latent vectors does to a VAE: `deno task vae-latents --latents 3,20 --runs runs/NAME`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type VaeLatentsConfig,
  vaeLatentsExperiment,
  vaeLatentsFlags,
} from "../../pipelines/vae/latents/vae_latents.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<VaeLatentsConfig>({
  name: "vae-latents",
  about:
    "Trains VAEs with 1 to 50 latent dimensions, and puts them, and finished runs, side by side.",
  flags: vaeLatentsFlags,
  pipeline: vaeLatentsExperiment("vae-latents"),
  examples: [
    "deno task vae-latents --smoke",
    "deno task vae-latents --latents 3,20 --seeds 3 --runs runs/NAME,runs/OTHER",
  ],
});

if (import.meta.main) await main(task);
