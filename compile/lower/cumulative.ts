/**
 * Running sums and products along an axis.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { add, multiply } from "../graph/arithmetic.ts";
import type { Graph } from "../graph/graph.ts";
import { reshape } from "../graph/layout.ts";
import { reduce } from "../graph/reduction.ts";
import { positiveAxis } from "../graph/shape.ts";
import { concat, pad, slice } from "../graph/slicing.ts";
import type { Value } from "../graph/value.ts";
import { rule, type Rules } from "./rule.ts";

export const cumulativeRules: Rules = {
  Cumsum: rule<tf.CumsumInputs, tf.CumsumAttrs>(
    (graph, { x }, { axis, exclusive, reverse }) => {
      const along = positiveAxis(axis, x.shape.length);
      return runningSum(graph, x, along, { exclusive, reverse });
    },
  ),
  Cumprod: rule<tf.CumprodInputs, tf.CumprodAttrs>(cumulativeProduct),
};

/** More numbers are added in pieces: one after the other, 512 of them lose up to 5e-6 of the sum. */
const MOST = 512;
/** 32 numbers lose up to 3e-7. */
const PIECE = 32;

interface Direction {
  readonly exclusive: boolean;
  readonly reverse: boolean;
}

function runningSum(
  graph: Graph,
  x: Value,
  axis: number,
  direction: Direction,
  most = MOST,
): Value {
  const { exclusive, reverse } = direction;
  const length = x.shape[axis]!; // the axis exists
  if (length <= most || x.dtype !== "float32") {
    const along = graph.splat(axis, [], "int32");
    const attributes = {
      exclusive: Number(exclusive),
      reverse: Number(reverse),
    };
    return graph.apply("CumSum", [x, along], x.shape, attributes);
  }
  const count = Math.ceil(length / PIECE);
  const none = x.shape.map(() => 0);
  const rest = none.with(axis, count * PIECE - length); // zeros change no sum
  const padded = pad(graph, x, none, rest);
  const shape = x.shape.toSpliced(axis, 1, count, PIECE);
  const pieces = reshape(graph, padded, shape);
  const within = runningSum(graph, pieces, axis + 1, direction, PIECE);
  const totals = reduce(graph, "ReduceSum", pieces, [axis + 1], "keep");
  const others = { exclusive: true, reverse };
  const before = runningSum(graph, totals, axis, others, PIECE);
  const sums = reshape(graph, add(graph, within, before), padded.shape);
  return slice(graph, sums, none, x.shape);
}

/** ONNX has no running product: it is written out. */
function cumulativeProduct(
  graph: Graph,
  { x }: { readonly x: Value },
  { axis, exclusive, reverse }: tf.CumprodAttrs,
): Value {
  const along = positiveAxis(axis, x.shape.length);
  const length = x.shape[along]!; // the axis exists
  if (length === 0) return x;
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
