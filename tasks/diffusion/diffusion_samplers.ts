/**
 * Samplers compared on one diffusion model and one seed: `deno task diffusion-samplers`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type DiffusionSamplersConfig,
  diffusionSamplersExperiment,
  diffusionSamplersFlags,
} from "../../pipelines/diffusion/samplers/diffusion_samplers.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<DiffusionSamplersConfig>({
  name: "diffusion-samplers",
  about:
    "Draws the same noise of one model with many samplers in few and many steps, and measures which agree.",
  flags: diffusionSamplersFlags,
  pipeline: diffusionSamplersExperiment,
  examples: [
    "deno task diffusion-samplers --smoke",
    "deno task diffusion-samplers --model-folder runs/diffusion-mnist-...",
  ],
});

if (import.meta.main) await main(task);
