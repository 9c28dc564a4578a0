/**
 * The gap between log p(x) and its lower bound over training: `deno task elbo-gap`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  elboGap,
  type ElboGapConfig,
  elboGapFlags,
} from "../../pipelines/vae/gap/elbo_gap.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<ElboGapConfig>({
  name: "elbo-gap",
  about:
    "Measures log p(x), the ELBO and KL(q(z|x) || p(z|x)) over training, of a VAE by quadrature and of a linear model in closed form.",
  flags: elboGapFlags,
  pipeline: elboGap,
  units: Object.fromEntries(
    [
      ...["elbo", "elboRise", "gap", "gapRise", "greatestGap"],
      ...["logLikelihood", "logLikelihoodRise", "greatestResidual"],
    ].map((word) => [`linear/${word}`, "nats per vector"]),
  ),
});

if (import.meta.main) await main(task);
