/**
 * Networks that see the kept part of a coupling, and begin by giving zero.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import {
  hiddenLayers,
  type HiddenParameters,
  hiddenSpecs,
  type HiddenWidths,
  lastWidth,
} from "../layers/hidden_layers.ts";
import {
  linear,
  type LinearParameters,
  linearSpecs,
} from "../layers/linear.ts";
import { heNormal, zeros } from "../parameters/initials.ts";
import type { ParameterSpec } from "../parameters/parameters.ts";

/** The parameters of {@linkcode denseConditioner}. */
export type DenseConditionerParameters<P = tf.Tensor> = HiddenParameters<P> & {
  readonly output: LinearParameters<P>;
};

/** Declares the parameters of {@linkcode denseConditioner}: the last weights are zero. */
export function denseConditionerSpecs(
  inputs: number,
  hidden: HiddenWidths,
  outputs: number,
): DenseConditionerParameters<ParameterSpec> {
  return {
    ...hiddenSpecs(inputs, hidden),
    output: linearSpecs(lastWidth(hidden), outputs, () => zeros),
  };
}

/** Hidden layers with rectifiers, then a linear one: [..., input] to [..., output]. */
export function denseConditioner(
  kept: tf.Tensor,
  parameters: DenseConditionerParameters,
): tf.Tensor {
  return linear(hiddenLayers(kept, parameters, "relu"), parameters.output);
}

/** A filter with a bias. */
export interface FilterParameters<P = tf.Tensor> {
  /** [side, side, input, output] */
  readonly filter: P;
  /** [output] */
  readonly bias: P;
}

/** The parameters of {@linkcode convConditioner}. */
export interface ConvConditionerParameters<P = tf.Tensor> {
  /** 3 x 3 */
  readonly first: FilterParameters<P>;
  /** 1 x 1 */
  readonly second: FilterParameters<P>;
  /** 3 x 3 */
  readonly output: FilterParameters<P>;
}

/** Declares the parameters of {@linkcode convConditioner}: the last filters are zero. */
export function convConditionerSpecs(
  inputs: number,
  hidden: number,
  outputs: number,
): ConvConditionerParameters<ParameterSpec> {
  return {
    first: filterSpecs(3, inputs, hidden),
    second: filterSpecs(1, hidden, hidden),
    output: {
      filter: { shape: [3, 3, hidden, outputs], initial: zeros },
      bias: { shape: [outputs], initial: zeros },
    },
  };
}

/** Convolutions of 3 x 3, 1 x 1 and 3 x 3 with rectifiers between them: [batch, height, width, input] to [..., output]. */
export function convConditioner(
  kept: tf.Tensor,
  { first, second, output }: ConvConditionerParameters,
): tf.Tensor {
  return convolve(
    convolve(convolve(kept, first).relu(), second).relu(),
    output,
  );
}

function filterSpecs(
  side: number,
  inputs: number,
  outputs: number,
): FilterParameters<ParameterSpec> {
  return {
    filter: {
      shape: [side, side, inputs, outputs],
      initial: heNormal(side ** 2 * inputs),
    },
    bias: { shape: [outputs], initial: zeros },
  };
}

/** Sides stay as they are: there are zeros around. */
function convolve(
  images: tf.Tensor,
  { filter, bias }: FilterParameters,
): tf.Tensor {
  const [height, width, inputs, outputs] = filter.shape;
  const [batch, rows, columns] = images.shape;
  const kernel = filter.as4D(height!, width!, inputs!, outputs!); // as declared
  return tf.conv2d(
    images.as4D(batch!, rows!, columns!, inputs!),
    kernel,
    1,
    "same",
  )
    .add(bias); // images
}
