/**
 * What is known of the sign and size of a value: enough to choose the shorter of two formulas.
 * @module
 */
import { producer, type Value } from "./value.ts";

/** Tells whether all elements are known to be from 0 to 1. */
export function isUnit(x: Value): boolean {
  if (x.kind === "splat") return x.value >= 0 && x.value <= 1;
  if (x.kind !== "result") return false;
  const { op, inputs } = x.node;
  if (op === "Sigmoid" || op === "Softmax") return true;
  return op === "Exp" && isNegative(inputs[0]!); // its only input
}

/** Tells whether all elements are known to be 0 or less. */
function isNegative(x: Value): boolean {
  const negated = producer(x, "Neg")?.inputs[0];
  if (negated) return isPositive(negated);
  const [a, b] = producer(x, "Mul")?.inputs ?? [];
  if (!a || !b) return false;
  return (isNegativeSplat(a) && isPositive(b)) ||
    (isNegativeSplat(b) && isPositive(a));
}

/** Tells whether all elements are known to be 0 or more. */
function isPositive(x: Value): boolean {
  if (x.kind !== "result") return false;
  const { op, inputs } = x.node;
  if (op === "Mul") return inputs[0] === inputs[1];
  return ["Abs", "Relu", "Exp", "Sqrt", "Sigmoid", "Softmax"].includes(op);
}

function isNegativeSplat(x: Value): boolean {
  return x.kind === "splat" && x.value <= 0;
}
