/**
 * The stage that trains by a bound of several samples, on the schedule of Burda et al. 2016.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import {
  type BoundGradient,
  type BoundKind,
  expectFitting,
  sampledBound,
} from "../../../models/objectives/sampled_bound.ts";
import { adam } from "../../../models/optimizers/adam.ts";
import type { Owned } from "../../../models/parameters/parameters.ts";
import type { Progress } from "../../core/context.ts";
import { split } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { BinaryImages } from "../../images/images.ts";
import type { Training } from "../../training/training.ts";
import type { SampledVae } from "../sampled_vae.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import { boundMeter } from "./measure_bound.ts";
import {
  fitModel,
  toldOf,
  type TrainingLength,
  trainingLength,
} from "../../images/fit_model.ts";
import { type LatentSize, latentSize } from "../build_vae.ts";
import { count, oneOf, real } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { stagedSchedule, WHOLE_SCHEDULE } from "./staged_schedule.ts";

/** Adam's, as in Burda et al. 2016, section 5.1. */
const EPSILON = 1e-4;

/** How to train, as a run's config gives it. */
export interface BoundTraining extends TrainingLength {
  /** What is maximized. */
  readonly objective: BoundKind;
  /** How its gradient is estimated. */
  readonly gradient: BoundGradient;
  /** Samples of the posterior for each image: k. */
  readonly samples: number;
  /** Stages of the schedule: 3^0 + ... + 3^(stages - 1) epochs. */
  readonly stages: number;
  /** Epochs of the first stage; each next is three times as long. */
  readonly stageLength: number;
}

/** Settings of `BoundTraining`, with their defaults and rules. */
export const boundTraining: Flags<BoundTraining> = {
  ...trainingLength,
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
  stageLength: real(
    1,
    "epochs of the first stage, by which all are stretched; 1 as published",
    { min: 0.01, max: 100 },
  ),
};

/**
 * Trains by the bound with Adam, validates now and then, and restores the best weights.
 *
 * Source: Burda et al. 2016, sections 3 and 5.1.
 *
 * @throws {RangeError} If the gradient does not fit the objective.
 */
export const trainBound: Stage<
  Partial<LatentSize & BoundTraining> & {
    readonly vae: Owned<SampledVae>;
    readonly images: BinaryImages;
  },
  { readonly training: Training }
> = stage("train", {
  needs: ["vae", "images"],
  settings: { ...latentSize, ...boundTraining },
  cached: true,
  adds: { training: "records, kept weights, and the best weight update" },
}, async ({ vae, images, ...config }, context) => {
  const [batchKey, noiseKey, validationKey] = split(context.key, 3);
  const { latent, samples, objective: kind, gradient } = config;
  const bound = { kind, gradient };
  expectFitting(bound);
  const { epochs, learningRate } = stagedSchedule(
    config.stages,
    config.stageLength,
  );
  const pixels = images.train.rows * images.train.columns;
  using optimizer = adam(vae.variables, { epsilon: EPSILON });
  const options = { kind, pixels, latent, samples };
  using meter = await boundMeter(vae, options, context);
  const pace = startPace();
  const training = await fitModel({
    ...config,
    variables: vae.variables,
    optimizer,
    images,
    epochs,
    learningRate,
    keys: { batches: batchKey, noise: noiseKey },
    terms: (images, noise) => {
      const mean = sampledBound(vae, images, noise, bound).mean<tf.Scalar>();
      return { loss: mean.neg(), bound: mean };
    },
    names: ["bound"],
    record: ({ bound }) => {
      pace.count(bound.length);
      return { "train/bound": meanAndError(bound).mean };
    },
    validate: async () => {
      const bounds = await meter.measure(images.validation, validationKey);
      return { "validation/bound": meanAndError(bounds).mean };
    },
    best: "validation/bound",
    told: toldOf(images.train),
  }, context);
  pace.tell(Math.floor(images.train.count / config.batch), context.progress);
  return { training };
});

/** Tells how long an epoch took in this process, and what the whole schedule would take. */
function startPace(): {
  readonly count: (steps: number) => void;
  readonly tell: (stepsPerEpoch: number, progress: Progress) => void;
} {
  const started = performance.now();
  let done = 0;
  return {
    count: (steps) => void (done += steps),
    tell: (stepsPerEpoch, { note }) => {
      if (done === 0) return; // resumed after the last update
      const seconds = (performance.now() - started) / 1000;
      const perEpoch = seconds * stepsPerEpoch / done;
      const { epochs } = stagedSchedule(WHOLE_SCHEDULE);
      note(
        `${perEpoch.toFixed(1)} s an epoch, with validation: ` +
          `${
            (perEpoch * epochs / 3600).toFixed(1)
          } h for the ${epochs} epochs of all ${WHOLE_SCHEDULE} stages`,
      );
    },
  };
}
