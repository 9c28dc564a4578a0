/**
 * The importance weighted autoencoder of Burda et al. 2016, beside the variational one.
 * @module
 */
import { type BuiltIwae, type IwaeSizes, iwaeSizes } from "./build_iwae.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { InputOf, Stage } from "../../core/stage.ts";
import { count } from "../../core/task/fields.ts";
import { type Flags, withDefaults } from "../../core/task/flags.ts";
import type { BinaryImages } from "../../images/images.ts";
import {
  compareGradients,
  type GradientRequest,
  gradientRequest,
} from "./compare_gradients.ts";
import { countActiveUnits } from "../count_active_units.ts";
import {
  estimateLogLikelihood,
  type LikelihoodRequest,
  likelihoodRequest,
} from "../estimate_log_likelihood.ts";
import { summarizeBound } from "./summarize_bound.ts";
import { stochastic } from "../../images/binarize_stages.ts";
import {
  type ImageRequest,
  imageRequest,
  loadMnist,
} from "../../images/load_mnist.ts";
import { drawBound } from "./draw_bound.ts";
import {
  drawReconstructions,
  type ReconstructionRequest,
  reconstructionRequest,
} from "../draw_reconstructions.ts";
import { leaveVaeSamples } from "../leave_vae_samples.ts";
import { drawSamples } from "../draw_samples.ts";
import {
  type BoundTraining,
  boundTraining,
  trainBound,
} from "./train_bound.ts";

/** Everything that shapes the experiment. */
export interface IwaeConfig
  extends
    ImageRequest,
    IwaeSizes,
    BoundTraining,
    LikelihoodRequest,
    ReconstructionRequest,
    GradientRequest {}

/** Settings of the experiment but for `data`, with its defaults. */
export const iwaeFlags: Flags<Omit<IwaeConfig, "data">> = {
  ...withDefaults({ ...iwaeSizes, ...boundTraining, ...likelihoodRequest }, {
    latent: 50,
    batch: 20,
    patience: 0,
    recordEvery: 50,
    importanceSamples: 5000,
  }),
  hidden: { ...iwaeSizes.hidden, fallback: [200, 200], smoke: [100, 100] },
  ...reconstructionRequest,
  ...gradientRequest,
  ...imageRequest,
};

/** Settings of the experiment with two layers of latents, 100 and 50. */
export const iwaeTwoLayerFlags: Flags<Omit<IwaeConfig, "data">> = {
  ...iwaeFlags,
  latent: count(150, "numbers in both layers, two thirds in the first", {
    min: 3,
  }),
};

/** From images, drawn anew for each epoch, to the numbers and pictures of an importance weighted autoencoder. */
export function iwaeExperiment(
  name: string,
  build: Stage<
    IwaeConfig & { readonly images: BinaryImages },
    BuiltIwae
  >,
): Stage<IwaeConfig, { readonly summary: Summary }> {
  return pipeline<IwaeConfig>(name)
    .pipe(loadMnist)
    .pipe(stochastic)
    .pipe(build)
    .pipe(trainBound)
    .pipe(estimateLogLikelihood)
    .pipe(countActiveUnits)
    .pipe(compareGradients)
    .pipe(summarizeBound)
    .pipe(leaveVaeSamples)
    .pipe(
      pipeline<
        & InputOf<typeof drawSamples>
        & InputOf<typeof drawBound>
        & InputOf<typeof drawReconstructions>
      >("draw")
        .pipe(drawBound)
        .pipe(drawSamples)
        .pipe(drawReconstructions),
    )
    .give("summary");
}
