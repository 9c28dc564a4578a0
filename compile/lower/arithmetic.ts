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
import { binary, cast, unary, where } from "../graph/elementwise.ts";
import {
  floorDivide,
  floorModulo,
  integerPower,
  isOfOtherSign,
} from "../graph/integer.ts";
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
  FloorDiv: [
    operation(floorDivideAny, ["cpu", "file"]),
    operation(floorDivideRounded, ["webgpu"]),
  ],
  Mod: operation(modulo),
  Neg: rule<tf.NegInputs>((graph, { x }) => negate(graph, x)),
  Square: rule<tf.SquareInputs>((graph, { x }) => {
    return x.dtype === "bool" ? x : multiply(graph, x, x);
  }),
  SquaredDifference: operation((graph, a, b) => {
    const difference = subtract(graph, a, b);
    return multiply(graph, difference, difference);
  }),
  Maximum: operation((graph, a, b) => {
    return binary(graph, a.dtype === "bool" ? "Or" : "Max", a, b);
  }),
  Minimum: operation((graph, a, b) => {
    return binary(graph, a.dtype === "bool" ? "And" : "Min", a, b);
  }),
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
  return (a.dtype === "float32" ? divide : floorDivide)(graph, a, b);
}

/** 2^31, from where on int32 has no numbers. */
const TOO_LARGE = 2 ** 31;

/**
 * floor(a / b) as int32; 0 where b is 0, and where int32 has no such number.
 *
 * Of floats it is computed in float64, where no quotient that is below an integer is rounded up to it.
 */
function floorDivideAny(graph: Graph, a: Value, b: Value): Value {
  if (a.dtype === "int32") return floorDivide(graph, a, b);
  const [x, y] = [cast(graph, a, "float64"), cast(graph, b, "float64")];
  const floor = unary(graph, "Floor", binary(graph, "Div", x, y));
  return castInRange(graph, floor);
}

/** floor(a / b) as int32 without float64, which WebGPU lacks: the quotient of what has no rest, exact up to 2^24. */
function floorDivideRounded(graph: Graph, a: Value, b: Value): Value {
  if (a.dtype === "int32") return floorDivide(graph, a, b);
  const whole = subtract(graph, a, modulo(graph, a, b));
  return castInRange(graph, unary(graph, "Round", divide(graph, whole, b)));
}

function castInRange(graph: Graph, whole: Value): Value {
  const [zero, least, bound] = [0, -TOO_LARGE, TOO_LARGE].map((value) => {
    return graph.splat(value, [], whole.dtype);
  });
  const isAbove = binary(graph, "GreaterOrEqual", whole, least!, "bool"); // three in, three out
  const isBelow = binary(graph, "Less", whole, bound!, "bool");
  const isInRange = binary(graph, "And", isAbove, isBelow);
  return cast(graph, where(graph, isInRange, whole, zero!), "int32");
}

/** a - b floor(a / b), of the sign of the divisor as in Python; the remainder of floats is exact before it gets there. */
function modulo(graph: Graph, a: Value, b: Value): Value {
  if (a.dtype !== "float32") return floorModulo(graph, a, b);
  const shape = broadcastShapes(a.shape, b.shape);
  const rest = graph.apply("Mod", [a, b], shape, { fmod: 1 });
  const isOther = isOfOtherSign(graph, rest, b);
  return where(graph, isOther, add(graph, rest, b), rest);
}

/** Small whole powers as products, which are many times faster. */
function power(graph: Graph, base: Value, exponent: Value): Value {
  if (base.dtype === "int32") return integerPower(graph, base, exponent);
  if (exponent.kind !== "splat") return binary(graph, "Pow", base, exponent);
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
