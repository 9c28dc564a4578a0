/**
 * Constants that a function makes are the same at every call, or it cannot be compiled.
 * @module
 */
import { CompileError } from "../compile_error.ts";
import type { Constant, Splat } from "../graph/value.ts";

/** A constant, and the operation of TensorFlow.js that made it at random, if it was one. */
export interface BakedConstant {
  readonly value: Constant | Splat;
  readonly randomOperation: string | undefined;
}

/** Notes where a constant comes from: to be called where it is made. */
export function bakedConstant(value: Constant | Splat): BakedConstant {
  if (value.kind === "splat") return { value, randomOperation: undefined };
  const names = new Error().stack?.match(RANDOM_OPERATIONS) ?? [];
  return { value, randomOperation: names.at(-1)?.replace(/_+$/, "") }; // the outermost call
}

/** Functions of TensorFlow.js that draw numbers in JavaScript, as named in a stack trace. */
export const RANDOM_OPERATIONS: RegExp =
  /\b(randomNormal|randomUniform|randomUniformInt|randomStandardNormal|randomGamma|truncatedNormal|rand|dropout)_*\b/g;

/**
 * Compares the constants of two calls.
 *
 * @throws {CompileError} If they differ.
 */
export function checkSameConstants(
  first: readonly BakedConstant[],
  second: readonly BakedConstant[],
): void {
  for (const [i, { value, randomOperation }] of first.entries()) {
    const again = second[i]?.value;
    if (again && isSame(value, again)) continue;
    const what = randomOperation === undefined
      ? `a constant of shape [${value.shape}] that changes from call to call`
      : `${randomOperation} of shape [${value.shape}], which draws random numbers`;
    const inside = randomOperation === undefined
      ? ""
      : `; inside a layer, name an int32 input in "randomness", which seeds it at every step`;
    throw new CompileError(
      `Cannot compile ${what}: make it outside and pass it as an input${inside}`,
    );
  }
}

function isSame(a: Constant | Splat, b: Constant | Splat): boolean {
  if (a.kind === "splat") {
    return b.kind === "splat" && Object.is(a.value, b.value);
  }
  if (b.kind === "splat" || a.data.length !== b.data.length) return false;
  for (let i = 0; i < a.data.length; i++) {
    if (!Object.is(a.data[i], b.data[i])) return false;
  }
  return true;
}
