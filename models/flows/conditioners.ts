/**
 * Networks that see the kept part of a coupling, and begin by giving zero.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import {
  hiddenLayers,
  type HiddenParameters,
  hiddenSpecs,
  type HiddenWidths,
  lastWidth,
} from "../layers/hidden_layers.ts";
import {
  type LayerInitialization,
  type LayerInitials,
  layerInitials,
} from "../layers/layer_initials.ts";
import {
  linear,
  type LinearParameters,
  linearSpecs,
} from "../layers/linear.ts";
import type { ConvolutionParameters } from "../layers/convolution.ts";
import {
  sameConvolution,
  type SameConvolutionSizes,
  sameConvolutionSpecs,
} from "../unet/same_convolution.ts";
import { zeros } from "../parameters/initials.ts";
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
    ...hiddenSpecs(inputs, hidden, layerInitials("by-activation", "relu")),
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

/** The sizes of {@linkcode convConditioner}, but for what it sees and gives. */
export interface ConvConditionerSizes {
  /** Channels of the hidden layers. */
  readonly hidden: number;
  /** How the hidden layers begin. */
  readonly initialization: LayerInitialization;
}

/** The parameters of {@linkcode convConditioner}. */
export interface ConvConditionerParameters<P = tf.Tensor> {
  /** 3 x 3 */
  readonly first: ConvolutionParameters<P>;
  /** 1 x 1 */
  readonly second: ConvolutionParameters<P>;
  /** 3 x 3 */
  readonly output: ConvolutionParameters<P>;
}

/** Declares the parameters of {@linkcode convConditioner}: the last filters are zero. */
export function convConditionerSpecs(
  inputs: number,
  { hidden, initialization }: ConvConditionerSizes,
  outputs: number,
): ConvConditionerParameters<ParameterSpec> {
  const initials = layerInitials(initialization, "relu");
  return {
    first: rectifiedSpecs({ side: 3, inputs, outputs: hidden }, initials),
    second: rectifiedSpecs(
      { side: 1, inputs: hidden, outputs: hidden },
      initials,
    ),
    output: sameConvolutionSpecs({
      inputs: hidden,
      outputs,
      initial: () => zeros,
    }),
  };
}

/** A convolution whose bias may begin at random, too. */
function rectifiedSpecs(
  sizes: Required<Omit<SameConvolutionSizes, "initial">>,
  { weight, bias }: LayerInitials,
): ConvolutionParameters<ParameterSpec> {
  const { side, inputs, outputs } = sizes;
  return {
    ...sameConvolutionSpecs({ ...sizes, initial: weight }),
    bias: { shape: [outputs], initial: bias(side ** 2 * inputs, outputs) },
  };
}

/** Convolutions of 3 x 3, 1 x 1 and 3 x 3 with rectifiers between them: [batch, height, width, input] to [..., output]. */
export function convConditioner(
  kept: tf.Tensor4D,
  { first, second, output }: ConvConditionerParameters,
): tf.Tensor4D {
  const hidden = sameConvolution(kept, first).relu<tf.Tensor4D>();
  const deeper = sameConvolution(hidden, second).relu<tf.Tensor4D>();
  return sameConvolution(deeper, output);
}
