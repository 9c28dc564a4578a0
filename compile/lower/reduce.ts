/**
 * Sums, means, extremes, and where they are.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { binary, cast } from "../graph/elementwise.ts";
import type { Graph } from "../graph/graph.ts";
import { reduce, type Reduction } from "../graph/reduction.ts";
import { positiveAxes, positiveAxis } from "../graph/shape.ts";
import type { Value } from "../graph/value.ts";
import { type Rule, rule, type Rules } from "./rule.ts";

export const reduceRules: Rules = {
  Sum: reduction("ReduceSum"),
  Mean: reduction("ReduceMean"),
  Max: reduction("ReduceMax"),
  Min: reduction("ReduceMin"),
  Prod: reduction("ReduceProd"),
  All: condition("ReduceMin"),
  Any: condition("ReduceMax"),
  ArgMax: argument("ArgMax"),
  ArgMin: argument("ArgMin"),
};

/** Names of the axes; each kernel has one of the two. */
interface ReduceAttributes {
  readonly axis?: number | number[];
  readonly reductionIndices?: number | number[];
  readonly keepDims?: boolean;
}

/** Extremes of bools are bools. */
function reduction(op: Reduction): Rule {
  return rule<tf.SumInputs, ReduceAttributes>((graph, { x }, attributes) => {
    if (x.dtype !== "bool") return reduceAs(graph, op, x, attributes);
    const numbers = cast(graph, x, "int32");
    return cast(graph, reduceAs(graph, op, numbers, attributes), "bool");
  });
}

function condition(op: Reduction): Rule {
  return rule<tf.AllInputs, ReduceAttributes>((graph, { x }, attributes) => {
    const reduced = reduceAs(graph, op, cast(graph, x, "int32"), attributes);
    const zero = graph.splat(0, [], "int32");
    return binary(graph, "Greater", reduced, zero, "bool");
  });
}

function reduceAs(
  graph: Graph,
  op: Reduction,
  x: Value,
  { axis, reductionIndices, keepDims }: ReduceAttributes,
): Value {
  const axes = positiveAxes(axis ?? reductionIndices, x.shape.length);
  return reduce(graph, op, x, axes, keepDims ? "keep" : "drop");
}

/** Index of the first extreme element along an axis. */
function argument(op: "ArgMax" | "ArgMin"): Rule {
  return rule<tf.ArgMaxInputs, ReduceAttributes>((graph, { x }, attributes) => {
    const first = [attributes.axis ?? 0].flat()[0] ?? 0;
    const axis = positiveAxis(first, x.shape.length);
    const shape = x.shape.toSpliced(axis, 1);
    const index = graph.apply(op, [x], shape, { axis, keepdims: 0 }, "int64");
    return cast(graph, index, "int32");
  });
}
