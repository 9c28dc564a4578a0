/**
 * Tensors that are mostly one number.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { within } from "../../graph/bounds.ts";
import { cast, where } from "../../graph/elementwise.ts";
import { expand, reshape } from "../../graph/layout.ts";
import { elementCount } from "../../graph/shape.ts";
import { rule, type Rules } from "../rule.ts";

export const diagonalRules: Rules = {
  Diag: rule<tf.DiagInputs>((graph, { x }) => {
    const count = elementCount(x.shape);
    const isDiagonal = Uint8Array.from(
      { length: count ** 2 },
      (_, i) => Number(Math.floor(i / count) === i % count),
    );
    const mask = graph.constant(isDiagonal, [count, count], "bool");
    const row = reshape(graph, x, [count]);
    const zero = graph.splat(0, [], x.dtype);
    const matrix = where(graph, mask, row, zero);
    return reshape(graph, matrix, [...x.shape, ...x.shape]);
  }),
  SparseToDense: rule<tf.SparseToDenseInputs, tf.SparseToDenseAttrs>(
    (graph, inputs, { outputShape }) => {
      const { sparseIndices, sparseValues, defaultValue } = inputs;
      const depth = sparseIndices.shape.length > 1
        ? sparseIndices.shape[1]! // a matrix
        : 1;
      const rows = elementCount(sparseIndices.shape) / depth;
      const [first, ...others] = outputShape.slice(0, depth);
      const table = reshape(graph, sparseIndices, [rows, depth]);
      const known = within(graph, "SparseToDense", table, [first!, ...others]); // an axis at least
      const indices = cast(graph, known, "int64");
      const values = expand(graph, sparseValues, [rows]);
      const whole = expand(graph, defaultValue, outputShape);
      return graph.apply("ScatterND", [whole, indices, values], outputShape);
    },
  ),
};
