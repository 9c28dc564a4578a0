/**
 * A small variational autoencoder on 14x14 pixels, watched batch by batch: `deno task vae-small14`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type VaeSmall14Config,
  vaeSmall14Experiment,
  vaeSmall14Flags,
} from "../../pipelines/vae/small14/vae_small14.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<VaeSmall14Config>({
  name: "vae-small14",
  about:
    "Trains a VAE with 8 latent dimensions on 1,000 images of each digit in 14x14 pixels, and watches every minibatch.",
  flags: vaeSmall14Flags,
  pipeline: vaeSmall14Experiment("vae-small14"),
});

if (import.meta.main) await main(task);
