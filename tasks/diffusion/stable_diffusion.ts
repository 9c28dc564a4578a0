/**
 * Images for a prompt by a model in the layout of diffusers: `deno task stable-diffusion --model FOLDER`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import { stableExperiment } from "../../pipelines/diffusion/stable/run_stable.ts";
import {
  stableFlags,
  type StableRequest,
} from "../../pipelines/diffusion/stable/stable_request.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<StableRequest>({
  name: "stable-diffusion",
  about:
    "Loads a text-to-image model in the layout of diffusers, says what memory and time it takes, and draws images.",
  flags: stableFlags,
  pipeline: stableExperiment,
  ignores: ["checkpointMinutes"],
  units: { bytes: "bytes", multiplications: "multiplications a pass" },
  examples: [
    "deno task stable-diffusion --model sd-1.5 --dry-run",
    "deno task stable-diffusion --model FOLDER --negative desert --sampler dpm2-karras",
  ],
});

if (import.meta.main) await main(task);
