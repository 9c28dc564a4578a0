/**
 * A small network applied at every position.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { InitialBySize } from "../parameters/initials.ts";
import type { ParameterSpec } from "../parameters/parameters.ts";
import { activate, type Activation } from "./activation.ts";
import { linear, type LinearParameters, linearSpecs } from "./linear.ts";

/** The parameters of {@linkcode feedForward}. */
export interface FeedForwardParameters<P = tf.Tensor> {
  /** From width to hidden. */
  readonly widen: LinearParameters<P>;
  /** From hidden to width. */
  readonly narrow: LinearParameters<P>;
}

/**
 * Declares the parameters of {@linkcode feedForward}.
 *
 * @param width Length of the vectors.
 * @param hidden Length between the two layers.
 * @param initial Of the two weights, Glorot uniform unless given.
 */
export function feedForwardSpecs(
  width: number,
  hidden: number,
  initial?: { readonly widen: InitialBySize; readonly narrow: InitialBySize },
): FeedForwardParameters<ParameterSpec> {
  return {
    widen: linearSpecs(width, hidden, initial?.widen),
    narrow: linearSpecs(hidden, width, initial?.narrow),
  };
}

/**
 * Two linear layers with an activation between them.
 *
 * Source: Vaswani et al. 2017, eq. 2.
 *
 * @param x [..., width]
 * @param parameters Of the two layers.
 * @param activation Between them.
 * @returns [..., width]
 */
export function feedForward(
  x: tf.Tensor,
  { widen, narrow }: FeedForwardParameters,
  activation: Activation,
): tf.Tensor {
  return linear(activate(activation, linear(x, widen)), narrow);
}
