/**
 * The compiled weight update of a diffusion model.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import { lossAndGradients } from "../../models/gradients/loss_and_gradients.ts";
import { clipByGlobalNorm } from "../../models/optimizers/clip_by_global_norm.ts";
import type { Optimizer } from "../../models/optimizers/optimizer.ts";
import type { Variables } from "../../models/parameters/parameters.ts";
import type { RunContext } from "../core/context.ts";
import type { DenoisingModel } from "./denoising_model.ts";
import { FACTORS, type TrainingBatch } from "./training_batches.ts";

/** How the weights of an update change. */
export interface Rates {
  /** The optimizer's step size, for each update. */
  readonly learningRate: Float32Array;
  /** Part of the running average that is kept, for each update. */
  readonly decay: Float32Array;
}

/** A weight update, ready to run. */
export interface DiffusionUpdate extends Disposable {
  /** Makes consecutive updates; the loss and the length of the gradient of each. */
  readonly run: (
    batch: TrainingBatch,
    rates: Rates,
  ) => Promise<{ readonly loss: Float32Array; readonly norm: Float32Array }>;
  /** Brings the variables up to date. */
  readonly sync: () => Promise<void>;
}

/** What an update is made of. */
export interface UpdateOptions {
  /** Images of one weight update. */
  readonly batch: number;
  /** The greatest length of all gradients together. */
  readonly clipNorm: number;
  /** Updates in one run of the graph. */
  readonly stepsPerCall: number;
}

/**
 * Compiles a weight update: the weighted squared error of what is predicted, gradients of bounded length, the optimizer,
 * and the running average of the weights.
 *
 * @param model The model.
 * @param optimizer Changes its trained variables.
 * @param options Sizes.
 * @param context Where to run it.
 * @returns The update; dispose it when it is no longer used.
 */
export async function compileUpdate(
  model: DenoisingModel,
  optimizer: Optimizer,
  { batch, clipNorm, stepsPerCall }: UpdateOptions,
  { device, threads }: Pick<RunContext, "device" | "threads">,
): Promise<DiffusionUpdate> {
  const { length: pixels, timeWidth, conditionWidth } = model;
  const { trained, averaged } = model;
  const isBytes = model.values === "bytes";
  const step = await compile(
    (
      { images, noise, time, conditions, factors, learningRate, decay }: {
        readonly images: tf.Tensor2D;
        readonly noise: tf.Tensor2D;
        readonly time: tf.Tensor2D;
        readonly conditions: tf.Tensor2D;
        readonly factors: tf.Tensor2D;
        readonly learningRate: tf.Scalar;
        readonly decay: tf.Scalar;
      },
    ) => {
      const clean = isBytes ? images.cast("float32").div(127.5).sub(1) : images;
      const [signal, spread, imagePart, noisePart, weight] = tf.split(
        factors,
        FACTORS,
        1,
      ); // each [batch, 1]
      const noisy = clean.mul(signal!).add(noise.mul(spread!)); // FACTORS parts
      const target = clean.mul(imagePart!).add(noise.mul(noisePart!));
      const { terms, gradients } = lossAndGradients(() => {
        const inputs = { images: noisy.as2D(batch, pixels), time, conditions };
        const error = model.predict(inputs, "trained").sub(target);
        const squares = error.square().mean(1, true); // [batch, 1]
        return { loss: squares.mul(weight!).mean<tf.Scalar>() };
      }, trained.variables);
      const clipped = clipByGlobalNorm(gradients, clipNorm);
      optimizer.apply(clipped.gradients, learningRate);
      average(averaged.variables, trained.variables, decay);
      return { loss: terms.loss, norm: clipped.norm };
    },
    {
      inputs: {
        images: {
          shape: [batch, pixels],
          dtype: isBytes ? "int32" : "float32",
        },
        noise: { shape: [batch, pixels] },
        time: { shape: [batch, timeWidth] },
        conditions: { shape: [batch, conditionWidth], dtype: "int32" },
        factors: { shape: [batch, FACTORS] },
        learningRate: { shape: [] },
        decay: { shape: [] },
      },
      device,
      threads,
      stepsPerCall,
    },
  );
  return {
    run: async (batch, rates) => {
      const { loss, norm } = await step.run({ ...batch, ...rates });
      return { loss: loss.data, norm: norm.data };
    },
    sync: () => step.sync(),
    [Symbol.dispose]: () => step[Symbol.dispose](),
  };
}

/** Moves averages towards the newest values: a := decay a + (1 - decay) v. */
function average(
  averages: Variables,
  variables: Variables,
  decay: tf.Scalar,
): void {
  const share = tf.sub(1, decay);
  for (const [name, variable] of Object.entries(variables)) {
    const old = averages[name]!; // declared alike
    old.assign(old.add(variable.sub(old).mul(share)));
  }
}
