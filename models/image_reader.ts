/**
 * A small convolutional network that answers one or more questions about an image.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ConvolutionParameters } from "./layers/convolution.ts";
import { linear, type LinearParameters, linearSpecs } from "./layers/linear.ts";
import { heUniform } from "./parameters/initials.ts";
import type { ParameterSpec } from "./parameters/parameters.ts";
import {
  sameConvolution,
  sameConvolutionSpecs,
} from "./unet/same_convolution.ts";

/** Channels after each convolution, at the full, the half and the quarter side. */
const CHANNELS = [16, 32, 64] as const;

/** Units of the hidden layer. */
const UNITS = 128;

/** The sizes of {@linkcode readImage}. */
export interface ImageReaderSizes {
  /** Side of the images, a multiple of 8. */
  readonly side: number;
  /** Channels of the images. */
  readonly channels: number;
  /** Possible answers to each question. */
  readonly answers: readonly number[];
}

/** The parameters of {@linkcode readImage}. */
export interface ImageReaderParameters<P = tf.Tensor> {
  /** 3 x 3, each followed by a rectifier and maxima over 2 x 2. */
  readonly convolutions: readonly ConvolutionParameters<P>[];
  /** From what is left of the image. */
  readonly hidden: LinearParameters<P>;
  /** To the logits of each question. */
  readonly answers: readonly LinearParameters<P>[];
}

/**
 * Declares the parameters of {@linkcode readImage}.
 *
 * @throws {RangeError} If the side is no multiple of 8.
 */
export function imageReaderSpecs(
  { side, channels, answers }: ImageReaderSizes,
): ImageReaderParameters<ParameterSpec> {
  if (side % 8 !== 0) {
    throw new RangeError(
      `Expected the side to be a multiple of 8 but found ${side}`,
    );
  }
  return {
    convolutions: CHANNELS.map((outputs, i) =>
      sameConvolutionSpecs({
        inputs: CHANNELS[i - 1] ?? channels,
        outputs,
        initial: heUniform,
      })
    ),
    hidden: linearSpecs((side / 8) ** 2 * CHANNELS[2], UNITS, heUniform),
    answers: answers.map((count) => linearSpecs(UNITS, count)),
  };
}

/**
 * Answers questions: three times a 3 x 3 convolution, a rectifier and maxima over 2 x 2, then a hidden layer that all
 * questions share.
 *
 * @param images From 0 to 1, [batch, side, side, channel].
 * @param parameters Tensors in the places of `imageReaderSpecs`.
 * @returns Logits for each question, [batch, answers].
 */
export function readImage(
  images: tf.Tensor4D,
  { convolutions, hidden, answers }: ImageReaderParameters,
): readonly tf.Tensor2D[] {
  const [batch] = images.shape;
  const last = convolutions.reduce(
    (x, parameters) =>
      tf.maxPool(
        sameConvolution(x, parameters).relu<tf.Tensor4D>(),
        2,
        2,
        "valid",
      ),
    images.sub<tf.Tensor4D>(0.5),
  );
  const units = linear(last.reshape([batch, -1]), hidden).relu();
  return answers.map((parameters) => linear(units, parameters).as2D(batch, -1));
}
