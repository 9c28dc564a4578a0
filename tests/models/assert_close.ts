import { assertEquals, AssertionError } from "@std/assert";
import type * as tf from "@tensorflow/tfjs";

/** Half a unit in the last place of a float32 near one: the greatest relative error of one rounding. */
const UNIT = 2 ** -24;

/** Numbers, nested as a tensor's values are. */
export type Nested = number | readonly Nested[];

/**
 * Asserts that a float32 result is right but for rounding.
 *
 * The tolerance is `roundings` * 2^-24 * max(1, max |expected|), the worst case of that many roundings of numbers as
 * large as the largest one expected; callers count the additions on the longest path.
 */
export function assertClose(
  actual: tf.Tensor | ArrayLike<number>,
  expected: Nested,
  { roundings, name = "" }: { roundings: number; name?: string },
): void {
  const values = Array.from("dataSync" in actual ? actual.dataSync() : actual);
  const wanted = flatten(expected);
  assertEquals(values.length, wanted.length, `${name} has another length`);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  const tolerance = roundings * UNIT * scale;
  values.forEach((value, i) => {
    if (Math.abs(value - wanted[i]!) <= tolerance) return;
    throw new AssertionError(
      `Expected ${name}[${i}] to be ${
        wanted[i]
      } within ${tolerance} but found ${value}`,
    );
  });
}

function flatten(nested: Nested): readonly number[] {
  return typeof nested === "number" ? [nested] : nested.flatMap(flatten);
}
