/**
 * Why log(1 - D) starves a generator, and when it does not: `deno task gan-losses`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type GanLossesConfig,
  ganLossesExperiment,
  ganLossesFlags,
} from "../../pipelines/gan/losses/gan_losses.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<GanLossesConfig>({
  name: "gan-losses",
  about:
    "Compares the gradients of both generator losses against a frozen generator, on Gaussians solved exactly, and in balanced training.",
  flags: ganLossesFlags,
  pipeline: ganLossesExperiment("gan-losses"),
  units: {
    saturatingSlope: "nats per deviation",
    nonSaturatingSlope: "nats per deviation",
  },
});

if (import.meta.main) await main(task);
