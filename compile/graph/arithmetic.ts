/**
 * Sums and products, simplified: each pass over a large tensor that can be spared is.
 *
 * Numbers that stand for a whole tensor are gathered: (x a) b becomes x (a b), where a b costs nothing.
 * @module
 */
import { binary, unary } from "./elementwise.ts";
import { type Graph, isSingle } from "./graph.ts";
import { expand } from "./layout.ts";
import { broadcastShapes } from "./shape.ts";
import { operandOf, producer, type Value } from "./value.ts";

/** a + b */
export function add(graph: Graph, a: Value, b: Value): Value {
  const known = fold(graph, a, b, (x, y) => x + y);
  if (known) return known;
  if (isSplat(a, 0)) return expandTo(graph, b, a);
  if (isSplat(b, 0)) return expandTo(graph, a, b);
  const [negatedA, negatedB] = [operandOf(a, "Neg"), operandOf(b, "Neg")];
  if (negatedB) return subtract(graph, a, negatedB);
  if (negatedA) return subtract(graph, b, negatedA);
  return combine(graph, add, a, b) ?? binary(graph, "Add", a, b);
}

/** a - b */
export function subtract(graph: Graph, a: Value, b: Value): Value {
  const known = fold(graph, a, b, (x, y) => x - y);
  if (known) return known;
  if (isSplat(b, 0)) return expandTo(graph, a, b);
  if (isSplat(a, 0)) return negate(graph, expandTo(graph, b, a));
  const negatedB = operandOf(b, "Neg");
  if (negatedB) return add(graph, a, negatedB);
  return combine(graph, subtract, a, b) ?? binary(graph, "Sub", a, b);
}

/** c x + c y = c (x + y), and c x + (-c) y = c (x - y): one pass less. */
function combine(
  graph: Graph,
  sum: typeof add,
  a: Value,
  b: Value,
): Value | undefined {
  const [x, y] = [splitFactor(a), splitFactor(b)];
  if (x?.by.kind !== "splat" || y?.by.kind !== "splat") return undefined;
  if (Math.abs(x.by.value) < 1) return undefined; // x + y may be infinite where c x + c y is not
  if (x.by.value === y.by.value) {
    return multiply(graph, sum(graph, x.of, y.of), x.by);
  }
  if (x.by.value !== -y.by.value) return undefined;
  const difference = sum === add ? subtract : add;
  return multiply(graph, difference(graph, x.of, y.of), x.by);
}

/** -x */
export function negate(graph: Graph, x: Value): Value {
  if (x.kind === "splat") return graph.splat(-x.value, x.shape, x.dtype);
  const negated = operandOf(x, "Neg");
  if (negated) return negated;
  const difference = producer(x, "Sub");
  if (difference) {
    const [a, b] = difference.inputs;
    return binary(graph, "Sub", b!, a!); // a binary operation
  }
  const factor = splitFactor(x);
  if (factor?.by.kind === "splat") {
    return multiply(graph, factor.of, negate(graph, factor.by));
  }
  return unary(graph, "Neg", x);
}

/** a b; of bools, whether both are true */
export function multiply(graph: Graph, a: Value, b: Value): Value {
  if (a.dtype === "bool") return binary(graph, "And", a, b);
  const known = fold(graph, a, b, (x, y) => x * y);
  if (known) return known;
  for (const [x, y] of [[a, b], [b, a]] as const) {
    if (isSplat(x, 1)) return expandTo(graph, y, x);
    if (isSplat(x, -1)) return negate(graph, expandTo(graph, y, x));
    const gathered = isSingle(x) && scale(graph, y, x);
    if (gathered) return expandTo(graph, gathered, x);
  }
  return binary(graph, "Mul", a, b);
}

/** a / b of floats */
export function divide(graph: Graph, a: Value, b: Value): Value {
  const known = fold(graph, a, b, (x, y) => x / y);
  if (known) return known;
  if (isSplat(b, 1)) return expandTo(graph, a, b);
  if (b.kind === "splat" && isPowerOfTwo(b.value) && isNormal(1 / b.value)) {
    return multiply(graph, a, graph.splat(1 / b.value, b.shape)); // exact
  }
  const factor = isSingle(b) && !isSingle(a) ? splitFactor(a) : undefined;
  const quotient = factor && gather(graph, divide, factor.by, b);
  if (factor && quotient) {
    return expandTo(graph, multiply(graph, factor.of, quotient), b);
  }
  return binary(graph, "Div", a, b);
}

/** `x` times a single number, if `x` is already something times, or divided by, a single number. */
function scale(graph: Graph, x: Value, by: Value): Value | undefined {
  if (isSingle(x) || x.dtype !== "float32") return undefined;
  const negated = operandOf(x, "Neg");
  if (negated) return multiply(graph, negated, negate(graph, by));
  const factor = splitFactor(x);
  if (factor) {
    const product = gather(graph, multiply, factor.by, by);
    return product && multiply(graph, factor.of, product);
  }
  const [of, divisor] = producer(x, "Div")?.inputs ?? [];
  if (of && divisor && isSingle(divisor)) {
    const quotient = gather(graph, divide, by, divisor);
    return quotient && multiply(graph, of, quotient);
  }
  return undefined;
}

/**
 * Two numbers taken together, if what comes of it is known to keep its digits: x (1e30 1e30) is infinite where
 * (x 1e30) 1e30 is not.
 */
function gather(
  graph: Graph,
  take: typeof multiply,
  a: Value,
  b: Value,
): Value | undefined {
  if (a.kind !== "splat" || b.kind !== "splat") return undefined;
  const [x, y] = [a.value, b.value];
  const isSpecial = [x, y].some((number) => number === 0 || !isFinite(number));
  const found = take(graph, a, b);
  const isKept = found.kind === "splat" && isNormal(found.value);
  return isKept || isSpecial ? found : undefined;
}

function isPowerOfTwo(value: number): boolean {
  return Math.log2(Math.abs(value)) % 1 === 0;
}

/** Tells whether float32 holds a number of this size with all its digits. */
function isNormal(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) >= 2 ** -126;
}

/** A tensor times a single number. */
export interface Scaled {
  readonly of: Value;
  readonly by: Value;
}

/** Takes a product of a tensor and a single number apart. */
export function splitFactor(x: Value): Scaled | undefined {
  const [a, b] = producer(x, "Mul")?.inputs ?? [];
  if (!a || !b || x.dtype !== "float32") return undefined;
  if (isSingle(b) && !isSingle(a)) return { of: a, by: b };
  if (isSingle(a) && !isSingle(b)) return { of: b, by: a };
  return undefined;
}

function fold(
  graph: Graph,
  a: Value,
  b: Value,
  compute: (x: number, y: number) => number,
): Value | undefined {
  if (a.kind !== "splat" || b.kind !== "splat") return undefined;
  if (a.dtype !== "float32") return undefined; // integers wrap around
  const shape = broadcastShapes(a.shape, b.shape);
  return graph.splat(compute(a.value, b.value), shape);
}

/** Tells whether a value is one known number everywhere. */
export function isSplat(x: Value, value: number): boolean {
  return x.kind === "splat" && x.value === value;
}

function expandTo(graph: Graph, x: Value, other: Value): Value {
  return expand(graph, x, broadcastShapes(x.shape, other.shape));
}
