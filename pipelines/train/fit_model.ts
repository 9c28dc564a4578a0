/**
 * The training of a model of images with latents, whatever it maximizes.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import { lossAndGradients } from "../../models/gradients/loss_and_gradients.ts";
import type { Optimizer } from "../../models/optimizers/optimizer.ts";
import type { Variables } from "../../models/parameters/parameters.ts";
import type { RunContext } from "../core/context.ts";
import { fold, type Key } from "../core/random/key.ts";
import { normal } from "../core/random/normal.ts";
import type { PixelImages } from "../entries/images.ts";
import type { Training } from "../entries/training.ts";
import { dtypeOf, scaleOf, toUnit } from "../measure/pixel_input.ts";
import { train, type Values } from "./fit.ts";
import { imageBatches } from "./image_batches.ts";

/** How long to train and what to keep, as a run's config gives it. */
export interface TrainingLength {
  /** Length of a latent vector. */
  readonly latent: number;
  /** Images of one weight update. */
  readonly batch: number;
  /** Weight updates averaged in one record. */
  readonly recordEvery: number;
  /** Weight updates between two validations; 0 validates after each epoch. */
  readonly validateEvery: number;
  /** Validations without a better value before training stops; 0 never stops early. */
  readonly patience: number;
  /** Epochs after which the weights are kept for pictures. */
  readonly snapshots: readonly number[];
}

/** The terms of an objective, and their names. */
export type Terms<Name extends string> =
  & { readonly loss: tf.Scalar }
  & { readonly [N in Name]: tf.Scalar };

/** A training of a model of images. */
export interface ModelFit<Name extends string> extends TrainingLength {
  /** What the optimizer changes. */
  readonly variables: Variables;
  /** How it changes them. */
  readonly optimizer: Optimizer;
  /** What to learn from. */
  readonly images: PixelImages;
  /** Latent vectors for each image. */
  readonly samples: number;
  /** Passes over the training images, at most. */
  readonly epochs: number;
  /** The step size of an epoch, 0 for the first. */
  readonly learningRate: (epoch: number) => number;
  /** Decides the orders of the images, and the noise. */
  readonly keys: { readonly batches: Key; readonly noise: Key };
  /** The loss of a batch, and the means to record; images from 0 to 1, [batch, pixel], noise [sample, batch, latent]. */
  readonly terms: (images: tf.Tensor2D, noise: tf.Tensor3D) => Terms<Name>;
  /** The names of what to record, apart from the loss. */
  readonly names: readonly Name[];
  /** Names the means of one record: for each name a value for each update. */
  readonly record: (
    terms: { readonly [N in Name]: ArrayLike<number> },
  ) => Values;
  /** Measures on the validation images. */
  readonly validate: () => Promise<Values>;
  /** The value of a validation to maximize. */
  readonly best: string;
}

/**
 * Compiles the weight update and trains.
 *
 * @param fit What to train, and how.
 * @param context Of the stage that trains.
 * @returns How it went; the variables hold the weights of the best validation.
 */
export async function fitModel<Name extends string>(
  fit: ModelFit<Name>,
  context: RunContext,
): Promise<Training> {
  const { images, batch, samples, latent, recordEvery, optimizer } = fit;
  const scale = scaleOf(images);
  const batches = imageBatches(images, batch, fit.keys.batches);
  const trainStep = ({ images, noise, learningRate }: {
    readonly images: tf.Tensor2D;
    readonly noise: tf.Tensor3D;
    readonly learningRate: tf.Scalar;
  }) => {
    const { terms, gradients } = lossAndGradients(
      () => fit.terms(toUnit(images, scale), noise),
      fit.variables,
    );
    optimizer.apply(gradients, learningRate);
    return pick(fit.names, (name) => terms[name]);
  };
  using step = await compile(trainStep, {
    inputs: {
      images: {
        shape: [batch, images.train.rows * images.train.columns],
        dtype: dtypeOf(scale),
      },
      noise: { shape: [samples, batch, latent] },
      learningRate: { shape: [] },
    },
    device: context.device,
    threads: context.threads,
    stepsPerCall: recordEvery,
  });
  return await train({
    steps: fit.epochs * batches.perEpoch,
    stepsPerEpoch: batches.perEpoch,
    recordEvery,
    items: { perStep: batch, unit: "images" },
    weights: fit.variables,
    slots: optimizer.slots,
    sync: () => step.sync(),
    update: async (first, count) => {
      const found = await step.run({
        images: batches.at(first, count),
        noise: stepNoise(
          fit.keys.noise,
          first,
          count,
          samples * batch * latent,
        ),
        learningRate: Float32Array.from(
          { length: count },
          (_, i) =>
            fit.learningRate(Math.floor((first + i) / batches.perEpoch)),
        ),
      });
      return fit.record(pick(fit.names, (name) => found[name].data));
    },
    validateEvery: fit.validateEvery || batches.perEpoch,
    validate: fit.validate,
    best: fit.best,
    patience: fit.patience,
    snapshotSteps: fit.snapshots.map((at) => Math.round(at * batches.perEpoch)),
  }, context);
}

/** The noise of consecutive weight updates, each from its own key. */
function stepNoise(
  key: Key,
  first: number,
  count: number,
  perStep: number,
): Float32Array {
  const noise = new Float32Array(count * perStep);
  for (let i = 0; i < count; i++) {
    const part = noise.subarray(i * perStep, (i + 1) * perStep);
    normal(fold(key, first + i), perStep, part);
  }
  return noise;
}

function pick<Name extends string, T>(
  names: readonly Name[],
  value: (name: Name) => T,
): { readonly [N in Name]: T } {
  const entries = names.map((name) => [name, value(name)] as const);
  return Object.fromEntries(entries) as { readonly [N in Name]: T }; // `fromEntries` forgets the names
}
