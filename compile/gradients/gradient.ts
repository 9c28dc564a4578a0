/**
 * What the gradients of kernels are written with.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** Gradients by the name of the input that they belong to, computed where they are asked for. */
export type InputGradients = Readonly<Record<string, () => tf.Tensor>>;

/** What a gradient is computed from, besides that of the output. */
export interface Saved {
  readonly inputs?: readonly string[];
  /** Which outputs. */
  readonly outputs?: readonly boolean[];
}

/**
 * Makes the gradient of a kernel with one output.
 *
 * @param kernelName A kernel of TensorFlow.js.
 * @param saved What `compute` is given: first the inputs, then the outputs.
 * @param compute The gradients of the inputs from that of the output.
 */
export function gradientOf<Attributes = unknown>(
  kernelName: string,
  saved: Saved,
  compute: (
    dy: tf.Tensor,
    saved: readonly tf.Tensor[],
    attributes: Attributes,
  ) => InputGradients,
): tf.GradConfig {
  const { inputs = [], outputs = [] } = saved;
  return {
    kernelName,
    inputsToSave: [...inputs],
    outputsToSave: [...outputs],
    gradFunc: (dy, tensors, attributes) =>
      // One output has one gradient, and the attributes are those that tfjs declares for the kernel.
      compute(dy as tf.Tensor, tensors, attributes as Attributes),
  };
}

/** Runs a kernel with one output. */
export function runKernel(
  name: string,
  inputs: Readonly<Record<string, tf.Tensor>>,
  attributes: object = {},
): tf.Tensor {
  // The engine takes any attributes, and one output comes as a tensor.
  return tf.engine().runKernel(
    name,
    { ...inputs },
    { ...attributes } as tf.NamedAttrMap,
  ) as tf.Tensor;
}

/** Sums a gradient over the axes along which a tensor of `shape` was repeated. */
export function sumTo(dy: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes([...shape], dy.shape);
  const sum = axes.length > 0 ? tf.sum(dy, axes) : dy;
  return tf.reshape(sum, [...shape]);
}

/** A tensor that depends on nothing: all zeros. */
export function noGradient(shape: readonly number[]): tf.Tensor {
  return tf.fill([...shape], 0);
}

/** 1 where a condition holds, else 0. */
export function indicator(condition: tf.Tensor): tf.Tensor {
  return tf.cast(condition, "float32");
}
