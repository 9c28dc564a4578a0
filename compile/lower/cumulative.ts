/**
 * Running sums and products along an axis.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { multiply } from "../graph/arithmetic.ts";
import type { Graph } from "../graph/graph.ts";
import { positiveAxis } from "../graph/shape.ts";
import { concat, slice } from "../graph/slicing.ts";
import type { Value } from "../graph/value.ts";
import { rule, type Rules } from "./rule.ts";

export const cumulativeRules: Rules = {
  Cumsum: rule<tf.CumsumInputs, tf.CumsumAttrs>(
    (graph, { x }, { axis, exclusive, reverse }) => {
      const along = graph.splat(
        positiveAxis(axis, x.shape.length),
        [],
        "int32",
      );
      const attributes = {
        exclusive: Number(exclusive),
        reverse: Number(reverse),
      };
      return graph.apply("CumSum", [x, along], x.shape, attributes);
    },
  ),
  Cumprod: rule<tf.CumprodInputs, tf.CumprodAttrs>(cumulativeProduct),
};

/** ONNX has no running product: it is written out. */
function cumulativeProduct(
  graph: Graph,
  { x }: { readonly x: Value },
  { axis, exclusive, reverse }: tf.CumprodAttrs,
): Value {
  const along = positiveAxis(axis, x.shape.length);
  const length = x.shape[along]!; // the axis exists
  const size = x.shape.with(along, 1);
  const parts = Array.from({ length }, (_, i) => {
    const at = reverse ? length - 1 - i : i;
    return slice(graph, x, x.shape.map((_, j) => j === along ? at : 0), size);
  });
  let product: Value = graph.splat(1, size, x.dtype);
  const products = parts.map((part) => {
    const before = product;
    product = multiply(graph, product, part);
    return exclusive ? before : product;
  });
  return concat(graph, reverse ? products.toReversed() : products, along);
}
