/**
 * The importance weighted autoencoder of Burda et al. 2016: `deno task iwae --samples 50 --stages 5`.
 * @module
 */
import { buildIwae } from "../../pipelines/vae/iwae/build_iwae.ts";
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type IwaeConfig,
  iwaeExperiment,
  iwaeFlags,
} from "../../pipelines/vae/iwae/iwae.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<IwaeConfig>({
  name: "iwae",
  about:
    "Trains an importance weighted autoencoder, or a VAE, on the schedule of Burda et al. 2016, and estimates log p(x).",
  flags: iwaeFlags,
  pipeline: iwaeExperiment("iwae", buildIwae),
  examples: [
    "deno task iwae --smoke",
    "deno task iwae --objective vae --samples 1 --stages 6",
    "deno task iwae --samples 50 --gradient doubly-reparameterized",
  ],
});

if (import.meta.main) await main(task);
