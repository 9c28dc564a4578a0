/**
 * Convolutions of each channel by itself, as sums over the places of the filter.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { add, multiply } from "../graph/arithmetic.ts";
import type { Graph } from "../graph/graph.ts";
import { reshape } from "../graph/layout.ts";
import { reduce } from "../graph/reduction.ts";
import { concat, slice } from "../graph/slicing.ts";
import type { Value } from "../graph/value.ts";
import { activate } from "./activation.ts";
import { slidingOf } from "./convolution.ts";
import { rule, type Rules } from "./rule.ts";
import { foldWindows, type Sliding, windows } from "./window.ts";

export const depthwiseRules: Rules = {
  DepthwiseConv2dNative: rule<
    tf.DepthwiseConv2dNativeInputs,
    tf.DepthwiseConv2dNativeAttrs
  >((graph, { x, filter }, attributes) => {
    const sliding = slidingOf(x.shape, filter.shape, attributes);
    return convolve(graph, x, filter, sliding);
  }),
  FusedDepthwiseConv2D: rule<
    tf.FusedDepthwiseConv2DInputs,
    tf.FusedDepthwiseConv2DAttrs
  >((graph, { x, filter, bias, preluActivationWeights }, attributes) => {
    const sliding = slidingOf(x.shape, filter.shape, attributes);
    const plain = convolve(graph, x, filter, sliding);
    const sum = bias ? add(graph, plain, bias) : plain;
    return activate(graph, sum, attributes, preluActivationWeights);
  }),
  DepthwiseConv2dNativeBackpropInput: rule<
    tf.DepthwiseConv2dNativeBackpropInputInputs,
    tf.DepthwiseConv2dNativeBackpropInputAttrs
  >((graph, { dy, filter }, attributes) => {
    const sliding = slidingOf(attributes.inputShape, filter.shape, attributes);
    const whole = splitChannels(graph, dy, filter.shape);
    const parts = filterPlaces(graph, filter).map((weights) => {
      const product = multiply(graph, whole, weights);
      return reduce(graph, "ReduceSum", product, [4], "drop");
    });
    return foldWindows(graph, parts, sliding);
  }),
  DepthwiseConv2dNativeBackpropFilter: rule<
    tf.DepthwiseConv2dNativeBackpropFilterInputs,
    tf.DepthwiseConv2dNativeBackpropFilterAttrs
  >((graph, { x, dy }, attributes) => {
    const { filterShape } = attributes;
    const sliding = slidingOf(x.shape, filterShape, attributes);
    const whole = splitChannels(graph, dy, filterShape);
    const parts = windows(graph, x, sliding).map((part) => {
      const seen = reshape(graph, part, [...part.shape, 1]);
      const product = multiply(graph, seen, whole);
      const sum = reduce(graph, "ReduceSum", product, [0, 1, 2], "drop");
      return reshape(graph, sum, [1, ...sum.shape]);
    });
    return reshape(graph, concat(graph, parts, 0), filterShape);
  }),
};

/** Each channel gives as many channels as the filter's last axis is long. */
function convolve(
  graph: Graph,
  images: Value,
  filter: Value,
  sliding: Sliding,
): Value {
  const places = filterPlaces(graph, filter);
  const products = windows(graph, images, sliding).map((part, place) => {
    const seen = reshape(graph, part, [...part.shape, 1]);
    return multiply(graph, seen, places[place]!); // one for each window
  });
  const sum = products.reduce((a, b) => add(graph, a, b)); // [batch, outHeight, outWidth, channels, multiple]
  const [channels, multiple] = filter.shape.slice(2);
  const shape = [...sum.shape.slice(0, 3), channels! * multiple!]; // filters have four axes
  return reshape(graph, sum, shape);
}

/** The weights at each place of a filter, row by row, [channels, multiple]. */
function filterPlaces(graph: Graph, filter: Value): readonly Value[] {
  const [height, width, channels, multiple] = filter.shape;
  const inner = [channels!, multiple!]; // filters have four axes
  const count = height! * width!;
  const rows = reshape(graph, filter, [count, ...inner]);
  return Array.from({ length: count }, (_, place) => {
    const row = slice(graph, rows, [place, 0, 0], [1, ...inner]);
    return reshape(graph, row, inner);
  });
}

/** [batch, height, width, channels multiple] with the last two apart. */
function splitChannels(
  graph: Graph,
  images: Value,
  filterShape: readonly number[],
): Value {
  const shape = [...images.shape.slice(0, 3), ...filterShape.slice(2)];
  return reshape(graph, images, shape);
}
