/**
 * A variational autoencoder with 20 latent dimensions on binarized MNIST: `deno task vae-k20`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type VaeConfig,
  vaeExperiment,
  vaeFlags,
} from "../../pipelines/vae/vae.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<VaeConfig>({
  name: "vae-k20",
  about:
    "Trains a VAE with 20 latent dimensions on binarized MNIST, and estimates its log-likelihood.",
  flags: vaeFlags({ latent: 20 }),
  pipeline: vaeExperiment("vae-k20"),
});

if (import.meta.main) await main(task);
