/**
 * Quotients and powers of int32, exact over its whole range; what overflows wraps around.
 * @module
 */
import { isSplat, multiply, negate, subtract } from "./arithmetic.ts";
import { binary, cast, not, unary, where } from "./elementwise.ts";
import type { Graph } from "./graph.ts";
import { expand } from "./layout.ts";
import { broadcastShapes } from "./shape.ts";
import type { Value } from "./value.ts";

/** floor(a / b) of int32, as in Python; 0 where b is 0. */
export function floorDivide(graph: Graph, a: Value, b: Value): Value {
  const shape = broadcastShapes(a.shape, b.shape);
  const negated = expand(graph, negate(graph, a), shape); // -2^31 stays: 2^31 wraps around
  if (isSplat(b, 0)) return graph.splat(0, shape, "int32");
  if (isSplat(b, 1)) return expand(graph, a, shape);
  if (isSplat(b, -1)) return negated;
  const divisor = withoutTraps(graph, b);
  const quotient = binary(graph, "Div", a, divisor); // rounded toward 0
  const rest = subtract(graph, a, multiply(graph, quotient, divisor));
  const isBelow = isOfOtherSign(graph, rest, divisor);
  const floor = subtract(graph, quotient, cast(graph, isBelow, "int32"));
  if (b.kind === "splat") return floor;
  const [zero, minusOne] = [integer(graph, 0), integer(graph, -1)];
  const isZero = binary(graph, "Equal", b, zero, "bool");
  const isMinusOne = binary(graph, "Equal", b, minusOne, "bool");
  const found = where(graph, isMinusOne, negated, floor);
  return where(graph, isZero, zero, found);
}

/** a - b floor(a / b) of int32, of the sign of the divisor as in Python; 0 where b is 0. */
export function floorModulo(graph: Graph, a: Value, b: Value): Value {
  return binary(graph, "Mod", a, withoutTraps(graph, b));
}

/**
 * Whether a remainder is not 0 and has another sign than its divisor: a division rounded toward 0 is then one above the
 * floor.
 */
export function isOfOtherSign(graph: Graph, rest: Value, by: Value): Value {
  const zero = graph.splat(0, [], rest.dtype);
  const is = (op: string, x: Value) => binary(graph, op, x, zero, "bool");
  if (by.kind === "splat") return is(by.value > 0 ? "Less" : "Greater", rest);
  const differ = binary(graph, "Xor", is("Less", rest), is("Less", by));
  return binary(graph, "And", not(graph, is("Equal", rest)), differ);
}

/** base^exponent of int32. A negative power is rounded toward 0: it is 0 unless the base is 1 or -1. */
export function integerPower(
  graph: Graph,
  base: Value,
  exponent: Value,
): Value {
  const shape = broadcastShapes(base.shape, exponent.shape);
  const power = exponent.kind === "splat"
    ? knownPower(graph, base, Math.abs(exponent.value))
    : anyPower(graph, base, exponent);
  if (exponent.kind === "splat" && exponent.value >= 0) {
    return expand(graph, power, shape);
  }
  const [zero, one] = [integer(graph, 0), integer(graph, 1)];
  const isNegative = binary(graph, "Less", exponent, zero, "bool");
  const isUnit = binary(graph, "Equal", unary(graph, "Abs", base), one, "bool");
  const isFraction = binary(graph, "And", isNegative, not(graph, isUnit));
  return where(graph, isFraction, zero, power);
}

/** By squaring, for each bit of the exponent. */
function knownPower(graph: Graph, base: Value, exponent: number): Value {
  const [first = "0", ...bits] = exponent.toString(2);
  const one = integer(graph, 1);
  return bits.reduce((power, bit) => {
    const square = multiply(graph, power, power);
    return bit === "1" ? multiply(graph, square, base) : square;
  }, first === "1" ? base : one);
}

/** By squaring, for 31 bits of the exponent's size. */
function anyPower(graph: Graph, base: Value, exponent: Value): Value {
  const [one, two] = [integer(graph, 1), integer(graph, 2)];
  let [square, rest] = [base, unary(graph, "Abs", exponent)];
  let power: Value = one;
  for (let bit = 0; bit < 31; bit++) {
    const last = binary(graph, "Mod", rest, two);
    const isOdd = binary(graph, "Equal", last, one, "bool");
    power = where(graph, isOdd, multiply(graph, power, square), power);
    square = multiply(graph, square, square);
    rest = binary(graph, "Div", rest, two);
  }
  return power;
}

/** A divisor by which a processor does not trap: 1 in the place of 0, and of -1, by which -2^31 has no quotient. */
function withoutTraps(graph: Graph, b: Value): Value {
  const one = integer(graph, 1);
  if (b.kind === "splat") return b.value === 0 || b.value === -1 ? one : b;
  const [zero, minusOne] = [integer(graph, 0), integer(graph, -1)];
  const isTrap = binary(
    graph,
    "Or",
    binary(graph, "Equal", b, zero, "bool"),
    binary(graph, "Equal", b, minusOne, "bool"),
  );
  return where(graph, isTrap, one, b);
}

function integer(graph: Graph, value: number): Value {
  return graph.splat(value, [], "int32");
}
