/**
 * Functions of one number, and of an angle's two.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { add, divide, multiply, subtract } from "../graph/arithmetic.ts";
import { binary, cast, unary, where } from "../graph/elementwise.ts";
import type { Graph } from "../graph/graph.ts";
import type { Value } from "../graph/value.ts";
import {
  EVERYWHERE,
  type Rule,
  rule,
  type Rules,
  type Target,
} from "./rule.ts";

export const mathRules: Rules = {
  Abs: exceptBools("Abs"),
  Acos: [
    operation("Acos", ["cpu", "file"]),
    rule<tf.AcosInputs>((graph, { x }) => {
      return subtract(graph, graph.splat(Math.PI / 2), asin(graph, x));
    }),
  ],
  Acosh: operation("Acosh"),
  Asin: [
    operation("Asin", ["cpu", "file"]),
    rule<tf.AsinInputs>((graph, { x }) => asin(graph, x)),
  ],
  Asinh: operation("Asinh"),
  Atan: operation("Atan"),
  Atan2: rule<tf.Atan2Inputs>((graph, { a, b }) => atan2(graph, a, b)),
  Atanh: operation("Atanh"),
  Ceil: ofFloats("Ceil"),
  Cos: operation("Cos"),
  Cosh: operation("Cosh"),
  Erf: operation("Erf"),
  Exp: operation("Exp"),
  Floor: ofFloats("Floor"),
  Log: operation("Log"),
  Reciprocal: operation("Reciprocal"),
  Round: ofFloats("Round"),
  Rsqrt: rule<tf.RsqrtInputs>((graph, { x }) => {
    return unary(graph, "Reciprocal", unary(graph, "Sqrt", x));
  }),
  Sign: exceptBools("Sign"),
  Sin: operation("Sin"),
  Sinh: operation("Sinh"),
  Sqrt: operation("Sqrt"),
  Tan: operation("Tan"),
  Cast: rule<tf.CastInputs, { readonly dtype: Value["dtype"] }>(
    (graph, { x }, { dtype }) => cast(graph, x, dtype),
  ),
};

function operation(op: string, targets: readonly Target[] = EVERYWHERE): Rule {
  return rule<tf.UnaryInputs>((graph, { x }) => unary(graph, op, x), targets);
}

/** An operation that leaves all integers and bools as they are. */
function ofFloats(op: string): Rule {
  return rule<tf.UnaryInputs>((graph, { x }) => {
    return x.dtype === "float32" ? unary(graph, op, x) : x;
  });
}

/** An operation that leaves bools as they are. */
function exceptBools(op: string): Rule {
  return rule<tf.UnaryInputs>((graph, { x }) => {
    return x.dtype === "bool" ? x : unary(graph, op, x);
  });
}

/** 2 atan(x / (1 + sqrt(1 - x^2))): WebGPU's own asin() is off by up to 7e-5. */
function asin(graph: Graph, x: Value): Value {
  const one = graph.splat(1);
  const square = multiply(graph, subtract(graph, one, x), add(graph, one, x)); // 1 - x^2, exact near 1
  const tangent = divide(
    graph,
    x,
    add(graph, one, unary(graph, "Sqrt", square)),
  );
  return multiply(graph, graph.splat(2), unary(graph, "Atan", tangent));
}

/** Angle of the point (x, y) = (b, a): atan(y / x), plus or minus pi where x < 0. */
function atan2(graph: Graph, y: Value, x: Value): Value {
  const zero = graph.splat(0);
  const quotient = unary(graph, "Atan", divide(graph, y, x));
  const isBelow = binary(graph, "Less", y, zero, "bool");
  const halfTurn = where(
    graph,
    isBelow,
    graph.splat(-Math.PI),
    graph.splat(Math.PI),
  );
  const isLeft = binary(graph, "Less", x, zero, "bool");
  const angle = where(graph, isLeft, add(graph, quotient, halfTurn), quotient);
  const isOnAxis = binary(graph, "Equal", x, zero, "bool");
  const quarter = multiply(
    graph,
    unary(graph, "Sign", y),
    graph.splat(Math.PI / 2),
  );
  return where(graph, isOnAxis, quarter, angle);
}
