/**
 * A convolutional variational autoencoder with 20 latent dimensions on binarized MNIST: `deno task vae-conv-k20`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type ConvVaeConfig,
  convVaeExperiment,
  convVaeFlags,
} from "../../pipelines/vae/conv/conv_vae.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<ConvVaeConfig>({
  name: "vae-conv-k20",
  about:
    "Trains a convolutional VAE with 20 latent dimensions on binarized MNIST, and estimates its log-likelihood.",
  flags: convVaeFlags,
  pipeline: convVaeExperiment("vae-conv-k20"),
});

if (import.meta.main) await main(task);
