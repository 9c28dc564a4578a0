/**
 * A variational autoencoder with a latent plane, drawn as a whole: `deno task vae-manifold`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type VaeManifoldConfig,
  vaeManifoldExperiment,
  vaeManifoldFlags,
} from "../../pipelines/vae/manifold/vae_manifold.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<VaeManifoldConfig>({
  name: "vae-manifold",
  about:
    "Trains a VAE with 2 latent dimensions, and draws what it decodes over the whole plane and where digits lie in it.",
  flags: vaeManifoldFlags,
  pipeline: vaeManifoldExperiment("vae-manifold"),
});

if (import.meta.main) await main(task);
