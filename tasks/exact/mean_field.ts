/**
 * The best products of factors for distributions with dependent parts: `deno task mean-field`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import type { MeanFieldRequest } from "../../pipelines/exact/mean_field/solve_mean_field.ts";
import {
  meanFieldExperiment,
  meanFieldFlags,
} from "../../pipelines/exact/mean_field/mean_field.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<MeanFieldRequest>({
  name: "mean-field",
  about:
    "Finds the best equal and free factors for p(w) proportional to 1 - prod w_i and for correlated normal numbers.",
  flags: meanFieldFlags,
  pipeline: meanFieldExperiment,
  ignores: ["device", "threads", "checkpointMinutes"],
  units: {
    "limit/count": "binary numbers",
    "normal/kl": "nats",
    "optimization/greatestError": "nats",
  },
});

if (import.meta.main) await main(task);
