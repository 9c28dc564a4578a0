/**
 * The importance weighted autoencoder with two layers of latents: `deno task iwae-two-layers --samples 50 --stages 5`.
 * @module
 */
import { buildTwoLayerIwae } from "../../pipelines/vae/iwae/build_iwae.ts";
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type IwaeConfig,
  iwaeExperiment,
  iwaeTwoLayerFlags,
} from "../../pipelines/vae/iwae/iwae.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<IwaeConfig>({
  name: "iwae-two-layers",
  about:
    "Trains an importance weighted autoencoder, or a VAE, with two layers of latents, as Burda et al. 2016.",
  flags: iwaeTwoLayerFlags,
  pipeline: iwaeExperiment("iwae-two-layers", buildTwoLayerIwae),
  examples: [
    "deno task iwae-two-layers --smoke",
    "deno task iwae-two-layers --objective vae --samples 1 --stages 6",
    "deno task iwae-two-layers --samples 50 --gradient doubly-reparameterized",
  ],
});

if (import.meta.main) await main(task);
