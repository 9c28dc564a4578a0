/**
 * What the distribution of pixels does to a VAE: `deno task vae-likelihoods`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type VaeLikelihoodsConfig,
  vaeLikelihoodsExperiment,
  vaeLikelihoodsFlags,
} from "../../pipelines/vae/likelihoods/vae_likelihoods.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<VaeLikelihoodsConfig>({
  name: "vae-likelihoods",
  about:
    "Trains VAEs with Bernoulli, continuous Bernoulli and normal pixels, and measures what is no likelihood, and by how much.",
  flags: vaeLikelihoodsFlags,
  pipeline: vaeLikelihoodsExperiment("vae-likelihoods"),
});

if (import.meta.main) await main(task);
