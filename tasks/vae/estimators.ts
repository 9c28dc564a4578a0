/**
 * Estimators of log p(x) of one trained model, beside the truth: `deno task estimators`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type EstimatorsConfig,
  estimatorsExperiment,
  estimatorsFlags,
} from "../../pipelines/vae/estimators/estimators.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<EstimatorsConfig>({
  name: "estimators",
  about:
    "Estimates log p(x) of a trained VAE by sampling, by annealing from both sides and by quadrature.",
  flags: estimatorsFlags,
  pipeline: estimatorsExperiment,
  units: { "annealing/size": "distributions" },
  examples: [
    "deno task estimators --smoke",
    "deno task estimators --latent 2,5,10,20",
  ],
});

if (import.meta.main) await main(task);
