/**
 * Logarithms and exponentials that stay exact where 1 + x loses the digits of x.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import {
  add,
  divide,
  multiply,
  negate,
  subtract,
} from "../graph/arithmetic.ts";
import { binary, unary, where } from "../graph/elementwise.ts";
import type { Graph } from "../graph/graph.ts";
import { isUnit } from "../graph/range.ts";
import type { Value } from "../graph/value.ts";
import { rule, type Rules } from "./rule.ts";

export const logarithmRules: Rules = {
  Log1p: rule<tf.Log1pInputs>((graph, { x }) => log1p(graph, x)),
  Expm1: rule<tf.Expm1Inputs>((graph, { x }) => expm1(graph, x)),
  Softplus: rule<tf.SoftplusInputs>((graph, { x }) => softplus(graph, x)),
};

/**
 * log(1 + x).
 *
 * With u = 1 + x rounded, the rounding is known exactly: r = x - (u - 1), both differences being exact
 * (Sterbenz). Then log(1 + x) = log(u + r) = log u + r / u up to r^2 / 2u^2, which is eps^2 / 8 with
 * eps = 2^-23, or x^2 / 2 where u is 1 and x < eps / 2: an error of at most eps / 4 of the result.
 *
 * For x from 0 to 1 the division can be left out: |r| <= eps / 2 and 1 - 1/u <= log u, so that r instead
 * of r / u adds at most eps / 2 of the result. Otherwise, where u - 1 = x, also at -1 and infinity, log u
 * alone is right.
 */
function log1p(graph: Graph, x: Value): Value {
  const one = graph.splat(1);
  const u = add(graph, x, one);
  const logU = unary(graph, "Log", u);
  const uMinusOne = subtract(graph, u, one);
  const rounding = subtract(graph, x, uMinusOne);
  if (isUnit(x)) return add(graph, logU, rounding);
  const isExact = binary(graph, "Equal", uMinusOne, x, "bool");
  const corrected = add(graph, logU, divide(graph, rounding, u));
  return where(graph, isExact, logU, corrected);
}

/** exp(x) - 1 = tanh(x / 2) (exp(x) + 1), in which nothing cancels. */
function expm1(graph: Graph, x: Value): Value {
  const half = multiply(graph, x, graph.splat(0.5));
  const sum = add(graph, unary(graph, "Exp", x), graph.splat(1));
  return multiply(graph, unary(graph, "Tanh", half), sum);
}

/** log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|)), which neither overflows nor vanishes. */
function softplus(graph: Graph, x: Value): Value {
  const decay = unary(graph, "Exp", negate(graph, unary(graph, "Abs", x)));
  return add(graph, unary(graph, "Relu", x), log1p(graph, decay));
}
