/**
 * Convolutions that halve or double the sides of images.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ParameterSpec } from "../parameters/parameters.ts";
import { glorotInitials, type LayerInitials } from "./layer_initials.ts";

/** Side of the filters; even, so that a stride of two overlaps evenly. */
const SIDE = 4;
const STRIDE = 2;

/** The parameters of {@linkcode halve} and {@linkcode double}. */
export interface ConvolutionParameters<P = tf.Tensor> {
  /** [4, 4, input, output] to halve, [4, 4, output, input] to double. */
  readonly filter: P;
  /** [output] */
  readonly bias: P;
}

/** Declares the parameters of {@linkcode halve}, from and to so many channels. */
export function halveSpecs(
  inputs: number,
  outputs: number,
  { weight, bias }: LayerInitials = glorotInitials,
): ConvolutionParameters<ParameterSpec> {
  // each output sums 16 numbers of each input; each input goes into a quarter of that for each output
  const sizes = [SIDE ** 2 * inputs, (SIDE / STRIDE) ** 2 * outputs] as const;
  return {
    filter: {
      shape: [SIDE, SIDE, inputs, outputs],
      initial: weight(...sizes),
    },
    bias: { shape: [outputs], initial: bias(...sizes) },
  };
}

/** Declares the parameters of {@linkcode double}, from and to so many channels. */
export function doubleSpecs(
  inputs: number,
  outputs: number,
  { weight, bias }: LayerInitials = glorotInitials,
): ConvolutionParameters<ParameterSpec> {
  const sizes = [(SIDE / STRIDE) ** 2 * inputs, SIDE ** 2 * outputs] as const;
  return {
    filter: {
      shape: [SIDE, SIDE, outputs, inputs],
      initial: weight(...sizes),
    },
    bias: { shape: [outputs], initial: bias(...sizes) },
  };
}

/**
 * Convolves images with filters of 4 x 4 at every other place, with one place of padding around.
 *
 * Source: Dumoulin & Visin 2016, relationship 5 with k = 4, s = 2, p = 1.
 *
 * @param images [batch, height, width, input], with even sides.
 * @param parameters Filter and bias.
 * @returns [batch, height / 2, width / 2, output]
 */
export function halve(
  images: tf.Tensor4D,
  { filter, bias }: ConvolutionParameters,
): tf.Tensor4D {
  const kernel = filter.as4D(...sides(filter));
  return tf.conv2d(images, kernel, STRIDE, "same").add(bias);
}

/**
 * The transposed map: spreads each place over 4 x 4 places of images twice as large.
 *
 * Source: Dumoulin & Visin 2016, relationship 13 with k = 4, s = 2, p = 1.
 *
 * @param images [batch, height, width, input]
 * @param parameters Filter and bias.
 * @returns [batch, 2 height, 2 width, output]
 */
export function double(
  images: tf.Tensor4D,
  { filter, bias }: ConvolutionParameters,
): tf.Tensor4D {
  const kernel = filter.as4D(...sides(filter));
  const [batch, height, width] = images.shape;
  const shape: [number, number, number, number] = [
    batch,
    STRIDE * height,
    STRIDE * width,
    kernel.shape[2],
  ];
  return tf.conv2dTranspose(images, kernel, shape, STRIDE, "same").add(bias);
}

function sides({ shape }: tf.Tensor): [number, number, number, number] {
  const [height, width, first, second] = shape;
  return [height!, width!, first!, second!]; // rank 4, as declared
}
