/**
 * A variational autoencoder with 3 latent dimensions on binarized MNIST: `deno task vae-k3`.
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
  name: "vae-k3",
  about:
    "Trains a VAE with 3 latent dimensions on binarized MNIST, and estimates its log-likelihood.",
  flags: vaeFlags({ latent: 3 }),
  pipeline: vaeExperiment("vae-k3"),
});

if (import.meta.main) await main(task);
