/**
 * The compiled weight update of a model that maximizes a log density.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import type { InputSpecs } from "../../compile/types.ts";
import { lossAndGradients } from "../../models/gradients/loss_and_gradients.ts";
import { clipByGlobalNorm } from "../../models/optimizers/clip_by_global_norm.ts";
import type { Optimizer } from "../../models/optimizers/optimizer.ts";
import type { Variables } from "../../models/parameters/parameters.ts";
import type { RunContext } from "../core/context.ts";

/** Tensors by name. */
export type Tensors = Readonly<Record<string, tf.Tensor>>;

/** Numbers for consecutive weight updates, by the name of the input. */
export type UpdateFeeds = Readonly<
  Record<string, Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>
>;

/** What a weight update does. */
export interface DensityUpdate {
  /** What the optimizer changes. */
  readonly variables: Variables;
  /** How it changes them. */
  readonly optimizer: Optimizer;
  /** What one weight update is fed. */
  readonly inputs: InputSpecs;
  /** The numbers of the updates `first`, ..., `first + count - 1`, one after another. */
  readonly feeds: (first: number, count: number) => UpdateFeeds;
  /** Log density of each item in nats, [batch], from the inputs. */
  readonly logProb: (inputs: Tensors) => tf.Tensor;
  /** The step size of an update, 0 for the first. */
  readonly learningRate: (step: number) => number;
  /** The greatest length of all gradients together. */
  readonly clip: number;
}

/** Numbers of consecutive weight updates, one for each. */
export interface UpdateTerms {
  /** Mean log density of a batch, before the update, in nats. */
  readonly logProb: ArrayLike<number>;
  /** Length of all gradients together, before clipping. */
  readonly gradientNorm: ArrayLike<number>;
}

/** A weight update, ready to run. */
export interface CompiledDensityUpdate extends Disposable {
  /** Makes `count` consecutive updates, of which `first` is the number of the first. */
  readonly run: (first: number, count: number) => Promise<UpdateTerms>;
  /** Brings the variables up to date. */
  readonly sync: () => Promise<void>;
}

/**
 * Compiles a weight update.
 *
 * @param update What it does.
 * @param stepsPerCall Updates in one run of the graph.
 * @param context Of the stage that trains.
 * @returns The update; its number decides what it is fed, and its step size.
 */
export async function compileDensityUpdate(
  update: DensityUpdate,
  stepsPerCall: number,
  { device, threads }: Pick<RunContext, "device" | "threads">,
): Promise<CompiledDensityUpdate> {
  const { variables, optimizer, inputs, clip } = update;
  const step = await compile((tensors: Tensors) => {
    const { terms, gradients } = lossAndGradients(() => {
      const logProb = update.logProb(tensors).mean<tf.Scalar>();
      return { loss: logProb.neg(), logProb };
    }, variables);
    const clipped = clipByGlobalNorm(gradients, clip);
    optimizer.apply(clipped.gradients, tensors["learningRate"]!.asScalar()); // an input, below
    return { logProb: terms.logProb, gradientNorm: clipped.norm };
  }, {
    inputs: { ...inputs, learningRate: { shape: [] } },
    device,
    threads,
    stepsPerCall,
  });
  return {
    run: async (first, count) => {
      const learningRate = Float32Array.from(
        { length: count },
        (_, i) => update.learningRate(first + i),
      );
      const found = await step.run({
        ...update.feeds(first, count),
        learningRate,
      });
      return {
        logProb: found.logProb.data,
        gradientNorm: found.gradientNorm.data,
      };
    },
    sync: () => step.sync(),
    [Symbol.dispose]: () => step[Symbol.dispose](),
  };
}
