/**
 * Convolutions: in blocks of channels where ONNX Runtime can, else as matrix products, which are faster on the CPU than
 * ONNX's own, and right on WebGPU, where ONNX Runtime's own are not for some numbers of channels.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { add } from "../graph/arithmetic.ts";
import type { Graph } from "../graph/graph.ts";
import { reshape, transpose } from "../graph/layout.ts";
import { matrixProduct } from "../graph/product.ts";
import type { Value } from "../graph/value.ts";
import { activate } from "./activation.ts";
import { blockedConvolve } from "./blocked/blocked_convolution.ts";
import { blockedFilterGradient } from "./blocked/blocked_filter_gradient.ts";
import {
  blockOfConvolution,
  isToFew,
  planFilterGradient,
} from "./blocked/choice.ts";
import { convolveToFew } from "./few_channels.ts";
import { inputGradient } from "./input_gradient.ts";
import { rule, type Rules } from "./rule.ts";
import type { Sliding } from "./window.ts";
import { columns, flatten } from "./window_rows.ts";

export const convolutionRules: Rules = {
  Conv2D: rule<tf.Conv2DInputs, tf.Conv2DAttrs>(
    (graph, { x, filter }, attributes) => {
      const images = channelsLast(graph, x, attributes);
      const sliding = slidingOf(images.shape, filter.shape, attributes);
      const plain = convolve(graph, images, filter, sliding);
      return asGiven(graph, plain, attributes);
    },
  ),
  FusedConv2D: rule<tf.FusedConv2DInputs, tf.FusedConv2DAttrs>(
    (graph, inputs, attributes) => {
      const { x, filter, bias, preluActivationWeights } = inputs;
      const images = channelsLast(graph, x, attributes);
      const sliding = slidingOf(images.shape, filter.shape, attributes);
      const plain = convolve(graph, images, filter, sliding);
      const sum = bias ? add(graph, plain, bias) : plain;
      const slopes = preluActivationWeights?.shape.length === 3
        ? channelsLast(graph, preluActivationWeights, attributes)
        : preluActivationWeights;
      const active = activate(graph, sum, attributes, slopes);
      return asGiven(graph, active, attributes);
    },
  ),
  Conv2DBackpropInput: rule<
    tf.Conv2DBackpropInputInputs,
    tf.Conv2DBackpropInputAttrs
  >((graph, { dy, filter }, attributes) => {
    const given = channelsLast(graph, dy, attributes);
    const shape = permuteLast(attributes.inputShape, attributes);
    const sliding = slidingOf(shape, filter.shape, attributes);
    const gradient = inputGradient(graph, given, filter, sliding);
    return asGiven(graph, gradient, attributes);
  }),
  Conv2DBackpropFilter: rule<
    tf.Conv2DBackpropFilterInputs,
    tf.Conv2DBackpropFilterAttrs
  >((graph, { x, dy }, attributes) => {
    const images = channelsLast(graph, x, attributes);
    const given = channelsLast(graph, dy, attributes);
    const sliding = slidingOf(
      images.shape,
      attributes.filterShape,
      attributes,
    );
    return filterGradient(
      graph,
      images,
      given,
      attributes.filterShape,
      sliding,
    );
  }),
};

/** What the kernels of convolutions have in common. */
export interface SlidingAttributes {
  readonly strides: [number, number] | number;
  readonly pad: tf.Conv2DAttrs["pad"];
  readonly dataFormat?: "NHWC" | "NCHW";
  readonly dilations?: [number, number] | number | null;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

type FourAxes = [number, number, number, number];

/** How a filter slides over images, [batch, height, width, channels]. */
export function slidingOf(
  images: readonly number[],
  filter: readonly number[],
  attributes: SlidingAttributes,
): Sliding {
  const { strides, pad, dilations, dimRoundingMode } = attributes;
  return tf.backend_util.computeConv2DInfo(
    images as FourAxes, // tfjs checked the ranks of images and filter
    filter as FourAxes,
    strides,
    dilations ?? 1, // layers of tfjs leave it null
    Array.isArray(pad) ? permuteLast(pad, attributes) as typeof pad : pad, // one for each axis
    dimRoundingMode,
  );
}

/** What belongs to the axes, channels last. */
function permuteLast<T>(
  axes: readonly T[],
  { dataFormat }: SlidingAttributes,
): readonly T[] {
  if (dataFormat !== "NCHW") return axes;
  const channels = axes.at(-3)!; // images have four axes, or three without the batch
  return [...axes.slice(0, -3), ...axes.slice(-2), channels];
}

/** Images in the order that the products need. */
function channelsLast(
  graph: Graph,
  images: Value,
  attributes: SlidingAttributes,
): Value {
  const order = permuteLast(images.shape.map((_, i) => i), attributes);
  return transpose(graph, images, order);
}

/** Images in the order in which they came. */
function asGiven(
  graph: Graph,
  images: Value,
  { dataFormat }: SlidingAttributes,
): Value {
  if (dataFormat !== "NCHW") return images;
  return transpose(graph, images, [0, 3, 1, 2]);
}

/** A convolution of images, [batch, height, width, channels]. */
export function convolve(
  graph: Graph,
  images: Value,
  filter: Value,
  sliding: Sliding,
): Value {
  const few = isToFew(graph, images, filter, sliding) &&
    convolveToFew(graph, images, filter, sliding);
  if (few) return few;
  const block = blockOfConvolution(graph, images, filter, sliding);
  if (block) return blockedConvolve(graph, images, filter, sliding, block);
  const channels = filter.shape[3]!; // filters have four axes
  const rows = filter.shape.slice(0, 3).reduce((a, b) => a * b);
  const matrix = reshape(graph, filter, [rows, channels]);
  const left = { matrix: columns(graph, images, sliding), isTransposed: false };
  const product = matrixProduct(graph, left, { matrix, isTransposed: false });
  const { batchSize, outHeight, outWidth } = sliding;
  return reshape(graph, product, [batchSize, outHeight, outWidth, channels]);
}

/** The gradient of a convolution with respect to its filter. */
export function filterGradient(
  graph: Graph,
  images: Value,
  dy: Value,
  filterShape: readonly number[],
  sliding: Sliding,
): Value {
  const plan = planFilterGradient(graph, dy, sliding);
  if (plan) return blockedFilterGradient(graph, images, dy, sliding, plan);
  const left = { matrix: columns(graph, images, sliding), isTransposed: true };
  const right = { matrix: flatten(graph, dy), isTransposed: false };
  return reshape(graph, matrixProduct(graph, left, right), filterShape);
}
