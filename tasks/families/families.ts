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
import { task as vae } from "../vae/vae_k20.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<FamiliesConfig>({
  name: "families",
  about:
    "Reads a finished run of each family, trains those that are missing, and measures all samples by the same rules.",
  flags: familiesFlags,
  pipeline: familiesExperiment("families", [
    family("VAE", vae, { epochs: 40, patience: 0 }, bounds.threshold),
    family("IWAE", iwae, { samples: 5, stages: 4 }, bounds.chance),
    family("GAN", gan),
    family("DCGAN", gan, { architecture: "conv", epochs: 5, snapshots: [0] }),
    family("flow", flow, {}, bounds.flow),
    family("diffusion", diffusion, {}, bounds.diffusion),
  ]),
});

if (import.meta.main) await main(task);
