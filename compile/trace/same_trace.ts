/**
 * A function does the same at every call, or it cannot be compiled.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";
import { isAlike } from "../graph/alike.ts";
import { sameShape } from "../graph/shape.ts";
import type { Value } from "../graph/value.ts";

/** What a call computes. */
export interface Computed {
  readonly outputs: ReadonlyMap<string, Value>;
  readonly updates: ReadonlyMap<tf.Variable, Value>;
}

/**
 * Compares what two calls compute: operations, their attributes, and all numbers.
 *
 * @throws {CompileError} If they differ, naming the output or the variable.
 */
export function checkSameTrace(first: Computed, second: Computed): void {
  const same = new Map<Value, Value>();
  for (const [key, value] of first.outputs) {
    const name = `output "${key.slice("output/".length)}"`;
    checkSame(name, value, second.outputs.get(key), same);
  }
  for (const [variable, value] of first.updates) {
    const name = `variable "${variable.name}"`;
    checkSame(name, value, second.updates.get(variable), same);
  }
  for (const key of second.outputs.keys()) {
    if (!first.outputs.has(key)) refuse(`output "${key.slice(7)}"`);
  }
  for (const variable of second.updates.keys()) {
    if (!first.updates.has(variable)) refuse(`variable "${variable.name}"`);
  }
}

function checkSame(
  name: string,
  first: Value,
  second: Value | undefined,
  same: Map<Value, Value>,
): void {
  if (!second) refuse(name);
  const pairs: (readonly [Value, Value])[] = [[first, second!]]; // refused otherwise
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [a, b] = pair;
    const known = same.get(a);
    if (known === b) continue;
    if (known || !isSame(a, b)) refuse(name, a, b);
    same.set(a, b);
    if (a.kind !== "result" || b.kind !== "result") continue;
    a.node.inputs.forEach((input, i) => pairs.push([input, b.node.inputs[i]!])); // as many
  }
}

/** Compares two values without what they are computed from. */
function isSame(a: Value, b: Value): boolean {
  if (a.dtype !== b.dtype || !sameShape(a.shape, b.shape)) return false;
  if (a.kind === "splat") {
    return b.kind === "splat" && Object.is(a.value, b.value);
  }
  if (a.kind === "placeholder") {
    return b.kind === "placeholder" && a.name === b.name;
  }
  if (a.kind === "constant") {
    if (b.kind !== "constant" || a.data.length !== b.data.length) return false;
    for (let i = 0; i < a.data.length; i++) {
      if (!Object.is(a.data[i], b.data[i])) return false;
    }
    return true;
  }
  return b.kind === "result" && isAlike(a, b);
}

function refuse(name: string, a?: Value, b?: Value): never {
  const [once, again] = [a, b].map((value) => {
    return value?.kind === "result" ? value.node.op : "other numbers";
  });
  const how = a && b && once !== again ? ` (${once}, then ${again})` : "";
  throw new CompileError(
    `Cannot compile a function that computes ${name} in another way at every call${how}: pass what decides as an input and choose with tf.where(), or compile a function for each way`,
  );
}
