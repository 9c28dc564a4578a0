/**
 * A small convolutional classifier of digits, whose last hidden layer serves as features of images.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ConvolutionParameters } from "./layers/convolution.ts";
import { linear, type LinearParameters, linearSpecs } from "./layers/linear.ts";
import {
  sameConvolution,
  sameConvolutionSpecs,
} from "./unet/same_convolution.ts";
import type { ParameterSpec } from "./parameters/parameters.ts";

/** Side of the images, and of the maps that two halvings leave. */
const SIDE = 28;
const LAST_SIDE = SIDE / 4;
const FEW = 16;
const MANY = 32;

/** Length of a feature vector. */
export const FEATURES = 64;

/** Number of classes. */
export const CLASSES = 10;

/** The parameters of {@linkcode classifyDigits}. */
export interface DigitClassifierParameters<P = tf.Tensor> {
  /** 1 to 16 channels, 3 x 3. */
  readonly first: ConvolutionParameters<P>;
  /** 16 to 32 channels, 3 x 3. */
  readonly second: ConvolutionParameters<P>;
  /** [7 * 7 * 32, 64] */
  readonly features: LinearParameters<P>;
  /** [64, 10] */
  readonly logits: LinearParameters<P>;
}

/** What the classifier gives for a batch. */
export interface ClassifiedDigits {
  /** Rectified units of the last hidden layer, [batch, 64]. */
  readonly features: tf.Tensor2D;
  /** Before the softmax, [batch, 10]. */
  readonly logits: tf.Tensor2D;
}

/** Declares the parameters of {@linkcode classifyDigits}. */
export function digitClassifierSpecs(): DigitClassifierParameters<
  ParameterSpec
> {
  return {
    first: sameConvolutionSpecs({ inputs: 1, outputs: FEW }),
    second: sameConvolutionSpecs({ inputs: FEW, outputs: MANY }),
    features: linearSpecs(LAST_SIDE ** 2 * MANY, FEATURES),
    logits: linearSpecs(FEATURES, CLASSES),
  };
}

/**
 * Classifies digits: twice a 3 x 3 convolution, a rectifier and maxima over 2 x 2, then 64 rectified units.
 *
 * @param images From -1 (paper) to 1 (ink), [batch, 784].
 * @param parameters Tensors in the places of `digitClassifierSpecs`.
 * @returns Features and logits.
 */
export function classifyDigits(
  images: tf.Tensor2D,
  { first, second, features, logits }: DigitClassifierParameters,
): ClassifiedDigits {
  const pictures = images.as4D(images.shape[0], SIDE, SIDE, 1);
  const halve = (x: tf.Tensor4D) => tf.maxPool(x.relu<tf.Tensor4D>(), 2, 2, 0);
  const halved = halve(sameConvolution(pictures, first));
  const quartered = halve(sameConvolution(halved, second));
  const hidden = linear(quartered.reshape([images.shape[0], -1]), features)
    .relu();
  const vectors = hidden.as2D(images.shape[0], FEATURES);
  return {
    features: vectors,
    logits: linear(vectors, logits).as2D(images.shape[0], CLASSES),
  };
}
