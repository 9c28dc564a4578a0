/**
 * One weight update of a sequence model, compiled.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import {
  clipByGlobalNorm,
  globalNorm,
} from "../../models/optimizers/clip_by_global_norm.ts";
import type { Optimizer } from "../../models/optimizers/optimizer.ts";
import type { RunContext } from "../core/context.ts";
import type { OwnedSequenceModel } from "../text/sequence_model.ts";
import { sequenceNorms } from "./sequence_norms.ts";

/** How to compile an update. */
export interface SequenceStepOptions {
  /** Windows in a batch. */
  readonly batch: number;
  /** The greatest length of the gradient; 0: any. */
  readonly clip: number;
  /** The most updates that one call does. */
  readonly stepsPerCall: number;
}

/** What updates measured, before the weights changed: numbers of k updates one after another. */
export interface StepMeasurements {
  /** Nats per character, [k]. */
  readonly loss: Float32Array;
  /** Length of the whole gradient, before clipping, [k]. */
  readonly norm: Float32Array;
  /** Root mean square of the activations of each place, [k, place]. */
  readonly activation: Float32Array;
  /** Length of the gradient of the activations of each place, [k, place]. */
  readonly activationGradient: Float32Array;
  /** Length of the gradient of the weights of each place, before clipping, [k, place]. */
  readonly weightGradient: Float32Array;
}

/** A compiled update. */
export interface SequenceStep extends Disposable {
  /**
   * Does updates.
   *
   * @param windows Windows of text, [k, batch, window].
   * @param learningRates One for each, [k].
   */
  readonly run: (
    windows: Int32Array,
    learningRates: Float32Array,
  ) => Promise<StepMeasurements>;
  /** Brings the newest values into the variables. */
  readonly sync: () => Promise<void>;
}

/**
 * Compiles the update of a model's weights, which measures all norms of gradients on its way.
 *
 * @param model The model.
 * @param optimizer Of the model's variables.
 * @param options How.
 * @param context Of the stage that trains.
 * @returns The update; dispose it after use.
 */
export async function sequenceStep(
  model: OwnedSequenceModel,
  optimizer: Optimizer,
  { batch, clip, stepsPerCall }: SequenceStepOptions,
  { device, threads }: RunContext,
): Promise<SequenceStep> {
  const update = ({ windows, learningRate }: {
    readonly windows: tf.Tensor2D;
    readonly learningRate: tf.Scalar;
  }) => {
    const { loss, gradients, ...places } = sequenceNorms(model, windows);
    const clipped = clip > 0
      ? clipByGlobalNorm(gradients, clip)
      : { gradients, norm: globalNorm(gradients) };
    optimizer.apply(clipped.gradients, learningRate);
    return { loss, norm: clipped.norm, ...places };
  };
  const step = await compile(update, {
    inputs: {
      windows: { shape: [batch, model.window], dtype: "int32" },
      learningRate: { shape: [] },
    },
    device,
    threads,
    stepsPerCall,
  });
  return {
    run: async (windows, learningRates) => {
      const measured = await step.run({ windows, learningRate: learningRates });
      return {
        loss: measured.loss.data,
        norm: measured.norm.data,
        activation: measured.activation.data,
        activationGradient: measured.activationGradient.data,
        weightGradient: measured.weightGradient.data,
      };
    },
    sync: () => step.sync(),
    [Symbol.dispose]: () => step.dispose(),
  };
}
