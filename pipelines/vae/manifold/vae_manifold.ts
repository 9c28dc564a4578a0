/**
 * A variational autoencoder whose latent space is a plane that can be seen as a whole.
 * @module
 */
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { count } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { threshold } from "../../images/binarize_stages.ts";
import { loadMnist } from "../../images/load_mnist.ts";
import {
  drawManifold,
  type ManifoldRequest,
  manifoldRequest,
} from "./draw_manifold.ts";
import { drawVae, fitVae, type VaeConfig, vaeFlags } from "../vae.ts";

/** Everything that shapes the experiment. */
export interface VaeManifoldConfig extends VaeConfig, ManifoldRequest {}

/** Settings of the experiment but for `data`, with its defaults. */
export const vaeManifoldFlags: Flags<Omit<VaeManifoldConfig, "data">> = {
  ...vaeFlags({
    latent: 2,
    encoderActivation: "relu",
    decoderActivation: "tanh",
  }),
  latent: count(2, "length of the latent vectors: a plane", { min: 2, max: 2 }),
  ...manifoldRequest,
};

/** From images to the numbers of a VAE, its latent plane, and where it puts the test images. */
export function vaeManifoldExperiment(
  name: string,
): Stage<VaeManifoldConfig, { readonly summary: Summary }> {
  return pipeline<VaeManifoldConfig>(name)
    .pipe(loadMnist)
    .pipe(threshold)
    .include(fitVae)
    .pipe(drawManifold)
    .pipe(drawVae)
    .give("summary");
}
