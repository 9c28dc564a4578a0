/**
 * Which modes a generator loses, and what helps: `deno task gan-modes`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type GanModesConfig,
  ganModesExperiment,
  ganModesFlags,
} from "../../pipelines/gan/modes/gan_modes.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<GanModesConfig>({
  name: "gan-modes",
  about:
    "Counts the modes of a ring of Gaussians and the classes of MNIST that five kinds of games find, over several seeds.",
  flags: ganModesFlags,
  pipeline: ganModesExperiment("gan-modes"),
});

if (import.meta.main) await main(task);
