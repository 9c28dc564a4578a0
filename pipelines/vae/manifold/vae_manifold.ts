/**
 * A variational autoencoder whose latent space is a plane that can be seen as a whole.
 * @module
 */
import { buildVae } from "../build_vae.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { count } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { estimateLogLikelihood } from "../estimate_log_likelihood.ts";
import { evaluateElbo } from "../evaluate_elbo.ts";
import { exportVae } from "../export_vae.ts";
import { summarizeVae } from "../summarize_vae.ts";
import { threshold } from "../../images/binarize_stages.ts";
import { loadMnist } from "../../images/load_mnist.ts";
import { drawManifold } from "./draw_manifold.ts";
import { trainElbo } from "../train_elbo.ts";
import { drawVae, type VaeConfig, vaeFlags } from "../vae.ts";

/** Everything that shapes the experiment. */
export interface VaeManifoldConfig extends VaeConfig {
  /** Images in a row of the manifold. */
  readonly manifoldSide: number;
}

/** Its flags. */
export const vaeManifoldFlags: Flags<Omit<VaeManifoldConfig, "data">> = {
  ...vaeFlags({
    latent: 2,
    encoderActivation: "relu",
    decoderActivation: "tanh",
  }),
  latent: count(2, "length of the latent vectors: a plane", { min: 2, max: 2 }),
  manifoldSide: count(20, "images in a row of the manifold"),
};

/** From images to the numbers of a VAE, its latent plane, and where it puts the test images. */
export function vaeManifoldExperiment(
  name: string,
): Stage<VaeManifoldConfig, { readonly summary: Summary }> {
  return pipeline<VaeManifoldConfig>(name)
    .pipe(loadMnist)
    .pipe(threshold)
    .pipe(buildVae)
    .pipe(trainElbo)
    .pipe(evaluateElbo)
    .pipe(estimateLogLikelihood)
    .pipe(summarizeVae)
    .pipe(exportVae)
    .pipe(drawManifold)
    .pipe(drawVae)
    .give("summary");
}
