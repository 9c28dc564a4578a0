/**
 * The compiled weight update of a model of images with latents, whatever it maximizes.
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
import type { PixelImages } from "./images.ts";
import { dtypeOf, scaleOf, toUnit } from "./pixel_input.ts";
import { imageBatches } from "./image_batches.ts";

/** The terms of an objective, and their names. */
export type Terms<Name extends string> =
  & { readonly loss: tf.Scalar }
  & { readonly [N in Name]: tf.Scalar };

/** What a weight update does. */
export interface ModelUpdate<Name extends string> {
  /** What the optimizer changes. */
  readonly variables: Variables;
  /** How it changes them. */
  readonly optimizer: Optimizer;
  /** What to learn from. */
  readonly images: PixelImages;
  /** Images of one weight update. */
  readonly batch: number;
  /** Latent vectors for each image. */
  readonly samples: number;
  /** Length of a latent vector. */
  readonly latent: number;
  /** The step size of an epoch, 0 for the first. */
  readonly learningRate: (epoch: number) => number;
  /** Decides the orders of the images, and the noise. */
  readonly keys: { readonly batches: Key; readonly noise: Key };
  /** The loss of a batch, and the means to record; images from 0 to 1, [batch, pixel], noise [sample, batch, latent]. */
  readonly terms: (images: tf.Tensor2D, noise: tf.Tensor3D) => Terms<Name>;
  /** The names of what to record, apart from the loss. */
  readonly names: readonly Name[];
}

/** The means of consecutive weight updates: for each name a value for each update. */
export type UpdateMeans<Name extends string> = {
  readonly [N in Name]: ArrayLike<number>;
};

/** A weight update, ready to run. */
export interface CompiledUpdate<Name extends string> extends Disposable {
  /** Full batches in an epoch. */
  readonly stepsPerEpoch: number;
  /** Makes `count` consecutive updates, of which `first` is the number of the first. */
  readonly run: (first: number, count: number) => Promise<UpdateMeans<Name>>;
  /** Brings the variables up to date. */
  readonly sync: () => Promise<void>;
}

/**
 * Compiles a weight update.
 *
 * @param update What it does.
 * @param stepsPerCall Updates in one run of the graph.
 * @param context Of the stage that trains.
 * @returns The update; its number decides its images, noise and step size.
 */
export async function compileUpdate<Name extends string>(
  update: ModelUpdate<Name>,
  stepsPerCall: number,
  { device, threads }: Pick<RunContext, "device" | "threads">,
): Promise<CompiledUpdate<Name>> {
  const { images, batch, samples, latent, optimizer, names, keys } = update;
  const scale = scaleOf(images);
  const batches = imageBatches(images, batch, keys.batches);
  const step = await compile(
    ({ images, noise, learningRate }: {
      readonly images: tf.Tensor2D;
      readonly noise: tf.Tensor3D;
      readonly learningRate: tf.Scalar;
    }) => {
      const { terms, gradients } = lossAndGradients(
        () => update.terms(toUnit(images, scale), noise),
        update.variables,
      );
      optimizer.apply(gradients, learningRate);
      return pick(names, (name) => terms[name]);
    },
    {
      inputs: {
        images: {
          shape: [batch, images.train.rows * images.train.columns],
          dtype: dtypeOf(scale),
        },
        noise: { shape: [samples, batch, latent] },
        learningRate: { shape: [] },
      },
      device,
      threads,
      stepsPerCall,
    },
  );
  return {
    stepsPerEpoch: batches.perEpoch,
    run: async (first, count) => {
      const found = await step.run({
        images: batches.at(first, count),
        noise: stepNoise(keys.noise, first, count, samples * batch * latent),
        learningRate: Float32Array.from(
          { length: count },
          (_, i) =>
            update.learningRate(Math.floor((first + i) / batches.perEpoch)),
        ),
      });
      return pick(names, (name) => found[name].data);
    },
    sync: () => step.sync(),
    [Symbol.dispose]: () => step[Symbol.dispose](),
  };
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
