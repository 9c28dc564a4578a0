/**
 * Guidance and negative classes of one diffusion model and one seed: `deno task diffusion-guidance`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type DiffusionGuidanceConfig,
  diffusionGuidanceExperiment,
  diffusionGuidanceFlags,
} from "../../pipelines/diffusion/guidance/diffusion_guidance.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<DiffusionGuidanceConfig>({
  name: "diffusion-guidance",
  about:
    "Draws the same noise of one model with more and less guidance, and away from other digits.",
  flags: diffusionGuidanceFlags,
  pipeline: diffusionGuidanceExperiment,
  examples: [
    "deno task diffusion-guidance --smoke",
    "deno task diffusion-guidance --model-folder runs/diffusion-mnist-...",
  ],
});

if (import.meta.main) await main(task);
