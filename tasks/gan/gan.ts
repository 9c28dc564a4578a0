/**
 * A generative adversarial network on MNIST: `deno task gan`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type GanConfig,
  ganExperiment,
  ganFlags,
} from "../../pipelines/gan/gan.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<GanConfig>({
  name: "gan",
  about:
    "Trains a generator against a discriminator on MNIST, and measures its samples after each epoch.",
  flags: ganFlags,
  pipeline: ganExperiment("gan"),
  examples: [
    "deno task gan --smoke",
    "deno task gan --epochs 5 --smoothing 1 --loss saturating",
  ],
});

if (import.meta.main) await main(task);
