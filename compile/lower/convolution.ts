/**
 * Convolutions as matrix products: faster on the CPU than ONNX's own for images whose channels come
 * last, and right on WebGPU, where ONNX Runtime's own are not for some numbers of channels.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";
import { add } from "../graph/arithmetic.ts";
import type { Graph } from "../graph/graph.ts";
import { reshape } from "../graph/layout.ts";
import { matrixProduct } from "../graph/product.ts";
import type { Value } from "../graph/value.ts";
import { activate } from "./activation.ts";
import { flatten, inputGradient } from "./input_gradient.ts";
import { rule, type Rules } from "./rule.ts";
import type { Sliding } from "./window.ts";
import { columns } from "./window_rows.ts";

export const convolutionRules: Rules = {
  Conv2D: rule<tf.Conv2DInputs, tf.Conv2DAttrs>(
    (graph, { x, filter }, attributes) => {
      return convolve(graph, x, filter, attributes);
    },
  ),
  FusedConv2D: rule<tf.FusedConv2DInputs, tf.FusedConv2DAttrs>(
    (graph, inputs, attributes) => {
      const { x, filter, bias, preluActivationWeights } = inputs;
      const plain = convolve(graph, x, filter, attributes);
      const sum = bias ? add(graph, plain, bias) : plain;
      return activate(graph, sum, attributes, preluActivationWeights);
    },
  ),
  Conv2DBackpropInput: rule<
    tf.Conv2DBackpropInputInputs,
    tf.Conv2DBackpropInputAttrs
  >((graph, { dy, filter }, attributes) => {
    const sliding = slidingOf(attributes.inputShape, filter.shape, attributes);
    return inputGradient(graph, dy, filter, sliding);
  }),
  Conv2DBackpropFilter: rule<
    tf.Conv2DBackpropFilterInputs,
    tf.Conv2DBackpropFilterAttrs
  >((graph, { x, dy }, attributes) => {
    const sliding = slidingOf(x.shape, attributes.filterShape, attributes);
    const left = { matrix: columns(graph, x, sliding), isTransposed: true };
    const right = { matrix: flatten(graph, dy), isTransposed: false };
    const gradient = matrixProduct(graph, left, right);
    return reshape(graph, gradient, attributes.filterShape);
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

/** How a filter slides over images. */
export function slidingOf(
  images: readonly number[],
  filter: readonly number[],
  { strides, pad, dataFormat, dilations, dimRoundingMode }: SlidingAttributes,
): Sliding {
  if (dataFormat === "NCHW") {
    throw new CompileError(
      `Cannot compile a convolution of images in the order NCHW: use NHWC, channels last`,
    );
  }
  return tf.backend_util.computeConv2DInfo(
    images as FourAxes, // tfjs checked the ranks of images and filter
    filter as FourAxes,
    strides,
    dilations ?? 1, // layers of tfjs leave it null
    pad,
    dimRoundingMode,
  );
}

function convolve(
  graph: Graph,
  images: Value,
  filter: Value,
  attributes: SlidingAttributes,
): Value {
  const sliding = slidingOf(images.shape, filter.shape, attributes);
  const channels = filter.shape[3]!; // filters have four axes
  const rows = filter.shape.slice(0, 3).reduce((a, b) => a * b);
  const matrix = reshape(graph, filter, [rows, channels]);
  const left = { matrix: columns(graph, images, sliding), isTransposed: false };
  const product = matrixProduct(graph, left, { matrix, isTransposed: false });
  const { batchSize, outHeight, outWidth } = sliding;
  return reshape(graph, product, [batchSize, outHeight, outWidth, channels]);
}
