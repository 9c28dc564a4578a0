/**
 * A convolutional VAE beside a plain one at equal parameters and equal time, and one with skips: `deno task vae-conv`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type VaeConvConfig,
  vaeConvExperiment,
  vaeConvFlags,
} from "../../pipelines/vae/conv/vae_conv.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<VaeConvConfig>({
  name: "vae-conv",
  about:
    "Trains convolutional and plain VAEs of equal size, and measures what skip connections do to a generative model.",
  flags: vaeConvFlags,
  pipeline: vaeConvExperiment("vae-conv"),
});

if (import.meta.main) await main(task);
