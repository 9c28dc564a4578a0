/**
 * Comparisons, bools, and choices by them.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { binary, cast, not, unary, where } from "../graph/elementwise.ts";
import type { Graph } from "../graph/graph.ts";
import { reshape } from "../graph/layout.ts";
import type { Value } from "../graph/value.ts";
import { type Rule, rule, type Rules } from "./rule.ts";

export const logicRules: Rules = {
  Equal: comparison("Equal"),
  NotEqual: rule<tf.NotEqualInputs>((graph, { a, b }) => {
    return not(graph, compare(graph, "Equal", a, b));
  }),
  Greater: comparison("Greater"),
  GreaterEqual: comparison("GreaterOrEqual"),
  Less: comparison("Less"),
  LessEqual: comparison("LessOrEqual"),
  LogicalAnd: comparison("And"),
  LogicalOr: comparison("Or"),
  LogicalXor: comparison("Xor"),
  LogicalNot: rule<tf.LogicalNotInputs>((graph, { x }) => not(graph, x)),
  IsNan: rule<tf.IsNanInputs>((graph, { x }) => {
    if (x.dtype !== "float32") return graph.splat(0, x.shape, "bool");
    return unary(graph, "IsNaN", x, {}, "bool");
  }),
  IsInf: rule<tf.IsInfInputs>((graph, { x }) => {
    if (x.dtype !== "float32") return graph.splat(0, x.shape, "bool");
    return binary(
      graph,
      "Equal",
      unary(graph, "Abs", x),
      graph.splat(Infinity),
      "bool",
    );
  }),
  IsFinite: rule<tf.IsFiniteInputs>((graph, { x }) => {
    if (x.dtype !== "float32") return graph.splat(1, x.shape, "bool");
    return binary(
      graph,
      "Less",
      unary(graph, "Abs", x),
      graph.splat(Infinity),
      "bool",
    );
  }),
  Select: rule<tf.SelectInputs>((graph, { condition, t, e }) => {
    const isPerRow = condition.shape.length === 1 && t.shape.length > 1;
    const ones = t.shape.slice(1).map(() => 1);
    const mask = isPerRow
      ? reshape(graph, condition, [condition.shape[0]!, ...ones]) // it has one axis
      : condition;
    return where(graph, mask, t, e);
  }),
};

function comparison(op: string): Rule {
  return rule<tf.BinaryInputs>((graph, { a, b }) => compare(graph, op, a, b));
}

/** ONNX orders no bools: they are compared as integers. */
function compare(graph: Graph, op: string, a: Value, b: Value): Value {
  const isOrder = op.startsWith("Greater") || op.startsWith("Less");
  if (!isOrder || a.dtype !== "bool") return binary(graph, op, a, b, "bool");
  const [x, y] = [cast(graph, a, "int32"), cast(graph, b, "int32")];
  return binary(graph, op, x, y, "bool");
}
