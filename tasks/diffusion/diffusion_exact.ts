/**
 * Diffusion of data whose every noisy law is known, in less than a minute: `deno task diffusion-exact`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  exactExperiment,
  exactFlags,
  type ExactRequest,
} from "../../pipelines/diffusion/exact/diffusion_exact.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<ExactRequest>({
  name: "diffusion-exact",
  about:
    "Compares chains, bounds, samplers, likelihoods and guidance with the exact answers for normal data and a mixture.",
  flags: exactFlags,
  pipeline: exactExperiment,
  ignores: ["device", "threads", "checkpointMinutes"],
  units: { gap: "nats", "flow/error": "nats" },
});

if (import.meta.main) await main(task);
