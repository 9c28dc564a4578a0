/**
 * Convolutions that keep the sides of images.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import {
  glorotUniform,
  type InitialBySize,
  zeros,
} from "../parameters/initials.ts";
import type { ParameterSpec } from "../parameters/parameters.ts";
import type { ConvolutionParameters } from "../layers/convolution.ts";

/** The sizes of {@linkcode sameConvolution}. */
export interface SameConvolutionSizes {
  /** Side of the filters, odd; 3 unless given. */
  readonly side?: number;
  /** Channels taken. */
  readonly inputs: number;
  /** Channels given. */
  readonly outputs: number;
  /** Initial values of the filter, Glorot uniform unless given; the bias begins at zero. */
  readonly initial?: InitialBySize;
}

/**
 * Declares the parameters of {@linkcode sameConvolution}.
 *
 * @throws {RangeError} If the side is not odd.
 */
export function sameConvolutionSpecs(
  { side = 3, inputs, outputs, initial = glorotUniform }: SameConvolutionSizes,
): ConvolutionParameters<ParameterSpec> {
  if (side % 2 !== 1) {
    throw new RangeError(`Expected an odd side but found ${side}`);
  }
  const places = side ** 2;
  return {
    filter: {
      shape: [side, side, inputs, outputs],
      initial: initial(places * inputs, places * outputs),
    },
    bias: { shape: [outputs], initial: zeros },
  };
}

/**
 * Convolves images at every place, with zeros around.
 *
 * Source: Dumoulin & Visin 2016, relationship 3 (half padding).
 *
 * @param images [batch, height, width, input]
 * @param parameters Filter [side, side, input, output], with an odd side, and bias [output].
 * @returns [batch, height, width, output]
 */
export function sameConvolution(
  images: tf.Tensor4D,
  { filter, bias }: ConvolutionParameters,
): tf.Tensor4D {
  const [height, width, inputs, outputs] = filter.shape;
  const kernel = filter.as4D(height!, width!, inputs!, outputs!); // rank 4, as declared
  return tf.conv2d(images, kernel, 1, "same").add(bias);
}
