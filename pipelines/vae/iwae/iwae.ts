/**
 * The importance weighted autoencoder of Burda et al. 2016, beside the variational one.
 * @module
 */
import type { BuiltIwae, IwaeSizes } from "./build_iwae.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { InputOf, Stage } from "../../core/stage.ts";
import { count, oneOf } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import type { BinaryImages } from "../../images/images.ts";
import { compareGradients } from "./compare_gradients.ts";
import { countActiveUnits } from "../count_active_units.ts";
import { estimateLogLikelihood } from "../estimate_log_likelihood.ts";
import { summarizeBound } from "./summarize_bound.ts";
import { stochastic } from "../../images/binarize_stages.ts";
import { type ImageRequest, loadMnist } from "../../images/load_mnist.ts";
import { drawBound } from "./draw_bound.ts";
import { drawReconstructions } from "../draw_reconstructions.ts";
import { drawSamples } from "../draw_samples.ts";
import { type BoundTraining, trainBound } from "./train_bound.ts";
import { imageFlags, modelFlags } from "../vae.ts";

/** Everything that shapes the experiment. */
export interface IwaeConfig extends ImageRequest, IwaeSizes, BoundTraining {
  /** Widths of the hidden layers, from the image to the latents. */
  readonly hidden: readonly number[];
  /** Importance samples for each test image. */
  readonly importanceSamples: number;
  /** Test images drawn beside their reconstructions. */
  readonly reconstructions: number;
  /** Draws of each gradient estimator, to compare their variance. */
  readonly gradientDraws: number;
}

const {
  epochs: _epochs,
  learningRate: _learningRate,
  monteCarlo: _monteCarlo,
  encoderActivation: _encoder,
  decoderActivation: _decoder,
  ...own
} = modelFlags({
  latent: 50,
  hidden: [200, 200],
  batch: 20,
  patience: 0,
  recordEvery: 50,
  importanceSamples: 5000,
});

/** Its flags. */
export const iwaeFlags: Flags<Omit<IwaeConfig, "data">> = {
  ...own,
  objective: oneOf(
    ["iwae", "vae"],
    "log of the mean weight, or mean of the log weights",
  ),
  gradient: oneOf(
    ["standard", "sticking-the-landing", "doubly-reparameterized"],
    "how the gradient is estimated",
  ),
  samples: count(5, "samples of the posterior for each image: k"),
  stages: count(4, "stages of 1, 3, 9, ... epochs; 8 for all 3,280", {
    max: 8,
    smoke: 2,
  }),
  gradientDraws: count(100, "draws of each gradient, to compare estimators", {
    min: 2,
    smoke: 10,
  }),
  ...imageFlags,
};

/** The same for two layers of latents: 100 and 50. */
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
