/**
 * Convolutions as matrix products: faster on the CPU than ONNX's own for images whose channels come
 * last, and right on WebGPU, where ONNX Runtime's own are not for some numbers of channels.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";
import { add } from "../graph/arithmetic.ts";
import type { Graph } from "../graph/graph.ts";
import { reshape, transpose } from "../graph/layout.ts";
import { matrixProduct } from "../graph/product.ts";
import { pad } from "../graph/slicing.ts";
import type { Value } from "../graph/value.ts";
import { activate } from "./activation.ts";
import { rule, type Rules } from "./rule.ts";
import { coarseGrid, crop, type Place, type Sliding } from "./window.ts";
import { columns, windowRows } from "./window_rows.ts";

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
  readonly dilations?: [number, number] | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

type FourAxes = [number, number, number, number];

/** How a filter slides over images. */
export function slidingOf(
  images: readonly number[],
  filter: readonly number[],
  { strides, pad, dataFormat, dilations = 1, dimRoundingMode }:
    SlidingAttributes,
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
    dilations,
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

/** Images as a matrix, a pixel in each row. */
function flatten(graph: Graph, images: Value): Value {
  const channels = images.shape[3]!; // images have four axes
  const pixels = images.shape.slice(0, 3).reduce((a, b) => a * b);
  return reshape(graph, images, [pixels, channels]);
}

/**
 * Gradient with respect to the images, which is also the transposed convolution.
 *
 * With stride s, the pixels p = s i + r of remainder r get the sum over j of dy[i - j] filter[r + s j]: an
 * ordinary convolution of dy for each remainder, all of which see the same windows, so that one product
 * does them all.
 */
function inputGradient(
  graph: Graph,
  dy: Value,
  filter: Value,
  sliding: Sliding,
): Value {
  const { strideHeight: sy, strideWidth: sx, batchSize } = sliding;
  const [height, width, channels, filters] = filter.shape as FourAxes; // as tfjs checked
  const [jy, jx] = [Math.ceil(height / sy), Math.ceil(width / sx)];
  const grid = coarseGrid(sliding);
  const seen = shiftedWindows(graph, dy, [jy, jx], grid);
  const rest = [jy * sy - height, jx * sx - width, 0, 0];
  const whole = pad(graph, filter, [0, 0, 0, 0], rest);
  const parts = reshape(graph, whole, [jy, sy, jx, sx, channels, filters]);
  const ordered = transpose(graph, parts, [0, 2, 5, 1, 3, 4]);
  const shape = [jy * jx * filters, sy * sx * channels];
  const product = matrixProduct(
    graph,
    { matrix: seen, isTransposed: false },
    { matrix: reshape(graph, ordered, shape), isTransposed: false },
  );
  const blocks = [batchSize, grid.height, grid.width, sy, sx, channels];
  const interleaved = transpose(graph, reshape(graph, product, blocks), [
    0,
    1,
    3,
    2,
    4,
    5,
  ]);
  return crop(graph, interleaved, sliding);
}

/** dy[i - j] for all j, in a row for each pixel of the grid: [batch grid height grid width, jy jx filters]. */
function shiftedWindows(
  graph: Graph,
  dy: Value,
  [jy, jx]: readonly [number, number],
  grid: { readonly height: number; readonly width: number },
): Value {
  const [, height, width] = dy.shape as FourAxes; // images
  const below = Math.max(0, grid.height - height);
  const right = Math.max(0, grid.width - width);
  const padded = pad(graph, dy, [0, jy - 1, jx - 1, 0], [0, below, right, 0]);
  const seen: Place[] = [];
  for (let y = jy - 1; y >= 0; y--) {
    for (let x = jx - 1; x >= 0; x--) seen.push([y, x]);
  }
  return windowRows(graph, padded, seen, {
    outHeight: grid.height,
    outWidth: grid.width,
    strideHeight: 1,
    strideWidth: 1,
  });
}
