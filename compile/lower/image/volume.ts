/**
 * Convolutions of volumes, one layer of the filter at a time.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { add } from "../../graph/arithmetic.ts";
import type { Graph } from "../../graph/graph.ts";
import { reshape } from "../../graph/layout.ts";
import { concat, slice } from "../../graph/slicing.ts";
import type { Value } from "../../graph/value.ts";
import { convolve, filterGradient } from "../convolution.ts";
import { inputGradient } from "../input_gradient.ts";
import { rule, type Rules } from "../rule.ts";
import {
  cutLayers,
  foldLayers,
  joinDepth,
  sliding,
  type Volume,
} from "./layers.ts";

export const volumeRules: Rules = {
  Conv3D: rule<tf.Conv3DInputs, tf.Conv3DAttrs>(
    (graph, { x, filter }, attributes) => {
      const volume = convolutionOf(x.shape, filter.shape, attributes);
      const images = cutLayers(graph, x, volume, 0);
      const parts = layers(graph, filter).map((weights, depth) =>
        convolve(graph, images[depth]!, weights, sliding(volume)) // a layer of the filter for each
      );
      const sum = parts.reduce((a, b) => add(graph, a, b));
      return reshape(graph, sum, volume.outShape);
    },
  ),
  Conv3DBackpropInputV2: rule<
    tf.Conv3DBackpropInputV2Inputs,
    tf.Conv3DBackpropInputV2Attrs
  >((graph, { dy, filter }, attributes) => {
    const { inputShape } = attributes;
    const volume = convolutionOf(inputShape, filter.shape, attributes);
    const given = joinDepth(graph, dy);
    const parts = layers(graph, filter).map((weights) =>
      inputGradient(graph, given, weights, sliding(volume))
    );
    return foldLayers(graph, parts, volume);
  }),
  Conv3DBackpropFilterV2: rule<
    tf.Conv3DBackpropFilterV2Inputs,
    tf.Conv3DBackpropFilterV2Attrs
  >((graph, { x, dy }, attributes) => {
    const { filterShape } = attributes;
    const volume = convolutionOf(x.shape, filterShape, attributes);
    const given = joinDepth(graph, dy);
    const layer = filterShape.slice(1);
    const parts = cutLayers(graph, x, volume, 0).map((images) =>
      reshape(
        graph,
        filterGradient(graph, images, given, layer, sliding(volume)),
        [1, ...layer],
      )
    );
    return concat(graph, parts, 0);
  }),
};

type FiveAxes = [number, number, number, number, number];

function convolutionOf(
  images: readonly number[],
  filter: readonly number[],
  { strides, pad, dilations = 1 }: {
    readonly strides: tf.Conv3DAttrs["strides"];
    readonly pad: "valid" | "same";
    readonly dilations?: tf.Conv3DAttrs["dilations"] | number;
  },
): Volume {
  return tf.backend_util.computeConv3DInfo(
    images as FiveAxes, // tfjs checked the ranks of volumes and filter
    filter as FiveAxes,
    strides,
    dilations as 1, // or three
    pad,
  );
}

/** The layers of a filter. */
function layers(graph: Graph, filter: Value): readonly Value[] {
  const [depth, ...layer] = filter.shape;
  const begin = layer.map(() => 0);
  return Array.from({ length: depth! }, (_, i) => { // filters have five axes
    const part = slice(graph, filter, [i, ...begin], [1, ...layer]);
    return reshape(graph, part, layer);
  });
}
