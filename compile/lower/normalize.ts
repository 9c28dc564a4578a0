/**
 * Batch normalization and softmax.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { add, divide, multiply, subtract } from "../graph/arithmetic.ts";
import { unary } from "../graph/elementwise.ts";
import type { Graph } from "../graph/graph.ts";
import { reduce } from "../graph/reduction.ts";
import { positiveAxis } from "../graph/shape.ts";
import type { Value } from "../graph/value.ts";
import { rule, type Rules } from "./rule.ts";

/** ONNX Runtime's softmax loses 1e-6 of the sum of this many numbers, and 6e-4 of a million's. */
const LONG = 2048;

export const normalizeRules: Rules = {
  FusedBatchNorm: rule<tf.FusedBatchNormInputs, tf.FusedBatchNormAttrs>(
    (graph, { x, mean, variance, scale, offset }, { varianceEpsilon }) => {
      const sum = add(graph, variance, graph.splat(varianceEpsilon));
      const inverse = unary(graph, "Reciprocal", unary(graph, "Sqrt", sum));
      const factor = scale ? multiply(graph, inverse, scale) : inverse;
      const scaled = multiply(graph, subtract(graph, x, mean), factor);
      return offset ? add(graph, scaled, offset) : scaled;
    },
  ),
  Softmax: rule<tf.SoftmaxInputs, tf.SoftmaxAttrs>(
    (graph, { logits }, { dim }) => {
      const axis = positiveAxis(dim, logits.shape.length);
      if (logits.shape[axis]! > LONG) return longSoftmax(graph, logits, axis); // the axis exists
      return graph.apply("Softmax", [logits], logits.shape, { axis });
    },
  ),
  LogSoftmax: rule<tf.LogSoftmaxInputs, tf.LogSoftmaxAttrs>(
    (graph, { logits }, attributes) => {
      const axis = positiveAxis(attributes.axis, logits.shape.length);
      return graph.apply("LogSoftmax", [logits], logits.shape, { axis });
    },
  ),
};

/** With a sum in stages. */
function longSoftmax(graph: Graph, logits: Value, axis: number): Value {
  const largest = reduce(graph, "ReduceMax", logits, [axis], "keep");
  const weights = unary(graph, "Exp", subtract(graph, logits, largest));
  const sum = reduce(graph, "ReduceSum", weights, [axis], "keep");
  return divide(graph, weights, sum);
}
