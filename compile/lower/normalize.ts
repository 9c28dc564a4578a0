/**
 * Batch normalization and softmax.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { add, multiply, subtract } from "../graph/arithmetic.ts";
import { unary } from "../graph/elementwise.ts";
import { positiveAxis } from "../graph/shape.ts";
import { rule, type Rules } from "./rule.ts";

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
