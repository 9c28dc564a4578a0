/**
 * One table for all families of models: `deno task families`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type FamiliesConfig,
  familiesExperiment,
  familiesFlags,
} from "../../pipelines/families/families.ts";
import { bounds, family } from "../../pipelines/families/family.ts";
import { task as diffusion } from "../diffusion/diffusion_mnist.ts";
import { task as flow } from "../flow/flow_mnist.ts";
import { task as gan } from "../gan/gan.ts";
import { task as iwae } from "../vae/iwae.ts";
import { task as convVae } from "../vae/vae_conv_k20.ts";
import { task as vae } from "../vae/vae_k20.ts";

const updates = { name: "updates", isWhole: true };

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<FamiliesConfig>({
  name: "families",
  about:
    "Reads a finished run of each family, trains those that are missing, and measures all samples by the same rules.",
  flags: familiesFlags,
  pipeline: familiesExperiment("families", [
    family("VAE", vae, {
      settings: { epochs: 40, patience: 0 },
      bound: bounds.threshold,
    }),
    family("IWAE", iwae, {
      settings: { stages: 4, importanceSamples: 1000 },
      bound: bounds.chance,
      length: { name: "stageLength", isWhole: false },
    }),
    family("convolutional VAE", convVae, {
      settings: { epochs: 10, patience: 0, importanceSamples: 100 },
      bound: bounds.threshold,
    }),
    family("GAN", gan),
    family("DCGAN", gan, {
      settings: { architecture: "conv", epochs: 5, snapshots: [0] },
    }),
    family("flow", flow, { bound: bounds.flow, length: updates }),
    family("diffusion", diffusion, {
      bound: bounds.diffusion,
      length: updates,
    }),
  ]),
});

if (import.meta.main) await main(task);
