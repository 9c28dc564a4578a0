/**
 * A class-conditional diffusion model of digits, with its bound in bits: `deno task diffusion-mnist`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type DiffusionMnistConfig,
  diffusionMnistExperiment,
  diffusionMnistFlags,
} from "../../pipelines/diffusion/mnist/diffusion_mnist.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<DiffusionMnistConfig>({
  name: "diffusion-mnist",
  about:
    "Trains a class-conditional U-Net to remove noise, measures its bound and its samples, and draws digits.",
  flags: diffusionMnistFlags,
  pipeline: diffusionMnistExperiment,
  examples: [
    "deno task diffusion-mnist --smoke",
    "deno task diffusion-mnist --prediction velocity --schedule cosine",
  ],
});

if (import.meta.main) await main(task);
