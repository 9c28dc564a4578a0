/**
 * Affine maps of vectors.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import {
  glorotUniform,
  type InitialBySize,
  zeros,
} from "../parameters/initials.ts";
import type { ParameterSpec } from "../parameters/parameters.ts";

/** The parameters of {@linkcode linear}. */
export interface LinearParameters<P = tf.Tensor> {
  /** [input, output] */
  readonly weight: P;
  /** [output], or none. */
  readonly bias?: P;
}

/**
 * Declares the parameters of {@linkcode linear}.
 *
 * @param inputs Length of the vectors taken.
 * @param outputs Length of the vectors given.
 * @param weight How the weight begins; Glorot uniform unless given.
 * @param bias How the bias begins; at zero unless given.
 */
export function linearSpecs(
  inputs: number,
  outputs: number,
  weight: InitialBySize = glorotUniform,
  bias: InitialBySize = () => zeros,
): LinearParameters<ParameterSpec> {
  return {
    weight: { shape: [inputs, outputs], initial: weight(inputs, outputs) },
    bias: { shape: [outputs], initial: bias(inputs, outputs) },
  };
}

/**
 * x W, or x W + b, as one matrix product over all leading axes.
 *
 * @param x [..., input]
 * @param parameters Weight [input, output] and, where there is one, bias [output].
 * @returns [..., output]
 */
export function linear(
  x: tf.Tensor,
  { weight, bias }: LinearParameters,
): tf.Tensor {
  const [inputs, outputs] = weight.shape;
  const rows = tf.reshape(x, [-1, inputs!]); // the weight is a matrix
  const y = tf.fused.matMul({ a: rows, b: weight, ...bias && { bias } });
  return tf.reshape(y, [...x.shape.slice(0, -1), outputs!]); // as above
}
