/**
 * The gap between log p(x) and the evidence lower bound over training.
 * @module
 */
import {
  buildLinearGaussian,
  type LinearRequest,
  linearRequest,
} from "./build_linear_gaussian.ts";
import { buildVae, type VaeSizes, vaeSizes } from "../build_vae.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { list, real } from "../../core/task/fields.ts";
import { type Flags, withDefaults } from "../../core/task/flags.ts";
import {
  type GapRequest,
  gapRequest,
  measureVaeGap,
} from "./measure_vae_gap.ts";
import { summarizeElboGap } from "./summarize_elbo_gap.ts";
import { threshold } from "../../images/binarize_stages.ts";
import {
  type ImageRequest,
  imageRequest,
  loadMnist,
} from "../../images/load_mnist.ts";
import { drawElboGap } from "./draw_elbo_gap.ts";
import { type ElboTraining, elboTraining } from "../../images/fit_elbo.ts";
import { trainElbo } from "../train_elbo.ts";
import {
  type LinearTraining,
  linearTraining,
  trainLinearGaussian,
} from "./train_linear_gaussian.ts";

/** Everything that shapes the experiment. */
export interface ElboGapConfig
  extends
    ImageRequest,
    VaeSizes,
    ElboTraining,
    GapRequest,
    LinearRequest,
    LinearTraining {}

/** Settings of the experiment but for `data`; parts of an epoch are kept, for most happens in the first. */
export const elboGapFlags: Flags<Omit<ElboGapConfig, "data">> = {
  ...withDefaults({ ...vaeSizes, ...elboTraining }, {
    latent: 2,
    epochs: 5,
    patience: 0,
  }),
  ...imageRequest,
  snapshots: list(
    [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    real(1, "epochs after which the gap is measured", { min: 0 }),
    { least: 1, smoke: [0, 1, 2] },
  ),
  ...gapRequest,
  ...linearRequest,
  ...linearTraining,
};

/** From images to the two gaps, and their pictures. */
export const elboGap: Stage<ElboGapConfig, { readonly summary: Summary }> =
  pipeline<ElboGapConfig>("elbo-gap")
    .pipe(loadMnist)
    .pipe(threshold)
    .pipe(buildVae)
    .pipe(trainElbo)
    .pipe(measureVaeGap)
    .pipe(buildLinearGaussian)
    .pipe(trainLinearGaussian)
    .pipe(summarizeElboGap)
    .pipe(drawElboGap)
    .give("summary");
