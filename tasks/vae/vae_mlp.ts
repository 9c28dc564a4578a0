/**
 * A variational autoencoder with three layers of rectifiers on each side: `deno task vae-mlp --epochs 20`.
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
  name: "vae-mlp",
  about:
    "Trains a VAE with three layers of 256 rectifiers on each side, and draws samples before, during and after training.",
  flags: vaeFlags({
    latent: 20,
    hidden: [256, 256, 256],
    encoderActivation: "relu",
    decoderActivation: "relu",
    batch: 64,
    epochs: 80,
    snapshots: [0, 10, 80],
    patience: 0,
  }),
  pipeline: vaeExperiment("vae-mlp"),
});

if (import.meta.main) await main(task);
