/**
 * Sums, products and quotients; powers.
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
import { binary, cast, unary } from "../graph/elementwise.ts";
import type { Graph } from "../graph/graph.ts";
import { reshape } from "../graph/layout.ts";
import { broadcastShapes, type Shape } from "../graph/shape.ts";
import type { Value } from "../graph/value.ts";
import {
  EVERYWHERE,
  type Rule,
  rule,
  type Rules,
  type Target,
} from "./rule.ts";

export const arithmeticRules: Rules = {
  Add: operation(add),
  AddN: rule<tf.AddNInputs>((graph, terms) => {
    return terms.reduce((sum, term) => add(graph, sum, term));
  }),
  Sub: operation(subtract),
  Multiply: operation(multiply),
  RealDiv: operation(divideAny),
  FloorDiv: operation(floorDivide),
  Mod: operation(modulo),
  Neg: rule<tf.NegInputs>((graph, { x }) => negate(graph, x)),
  Square: rule<tf.SquareInputs>((graph, { x }) => multiply(graph, x, x)),
  SquaredDifference: operation((graph, a, b) => {
    const difference = subtract(graph, a, b);
    return multiply(graph, difference, difference);
  }),
  Maximum: operation((graph, a, b) => binary(graph, "Max", a, b)),
  Minimum: operation((graph, a, b) => binary(graph, "Min", a, b)),
  Pow: [
    operation(power, ["cpu", "file"]),
    operation((graph, base, exponent) => {
      // ONNX Runtime on WebGPU makes no valid shader where both are broadcast.
      const shape = broadcastShapes(base.shape, exponent.shape);
      return power(graph, tile(graph, base, shape), exponent);
    }, ["webgpu"]),
  ],
};

function operation(
  apply: (graph: Graph, a: Value, b: Value) => Value,
  targets: readonly Target[] = EVERYWHERE,
): Rule {
  return rule<tf.BinaryInputs>(
    (graph, { a, b }) => apply(graph, a, b),
    targets,
  );
}

/** Repeats a value for real, where an operation cannot broadcast it. */
function tile(graph: Graph, x: Value, shape: Shape): Value {
  const front = shape.slice(0, shape.length - x.shape.length).map(() => 1);
  const whole = reshape(graph, x, [...front, ...x.shape]);
  const reps = shape.map((length, axis) => {
    return whole.shape[axis] === length ? 1 : length; // of axes of length 1
  });
  if (reps.every((count) => count === 1)) return whole;
  return graph.apply("Tile", [whole, graph.integers(reps)], shape);
}

/** Integers divide to the nearest integer below, as all quotients of tfjs do for them. */
function divideAny(graph: Graph, a: Value, b: Value): Value {
  if (a.dtype === "float32") return divide(graph, a, b);
  return floorDivide(graph, a, b);
}

function floorDivide(graph: Graph, a: Value, b: Value): Value {
  const [x, y] = [cast(graph, a, "float32"), cast(graph, b, "float32")];
  const floor = unary(graph, "Floor", divide(graph, x, y));
  return cast(graph, floor, a.dtype);
}

/** a - b floor(a / b): of the sign of the divisor, as in Python. */
function modulo(graph: Graph, a: Value, b: Value): Value {
  if (a.dtype !== "float32") return binary(graph, "Mod", a, b);
  const floor = unary(graph, "Floor", divide(graph, a, b));
  return subtract(graph, a, multiply(graph, b, floor));
}

/** Small whole powers as products, which are many times faster. */
function power(graph: Graph, base: Value, exponent: Value): Value {
  if (base.dtype !== "float32" || exponent.kind !== "splat") {
    return binary(graph, "Pow", base, exponent);
  }
  const square = () => multiply(graph, base, base);
  switch (exponent.value) {
    case 1:
      return multiply(graph, base, graph.splat(1, exponent.shape));
    case 2:
      return multiply(graph, square(), graph.splat(1, exponent.shape));
    case 3:
      return multiply(
        graph,
        multiply(graph, square(), base),
        graph.splat(1, exponent.shape),
      );
    case 0.5:
      return unary(graph, "Sqrt", base);
    default:
      return binary(graph, "Pow", base, exponent);
  }
}
