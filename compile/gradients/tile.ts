/**
 * The gradient of a repetition.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { gradientOf } from "./gradient.ts";

/** A sum; tfjs adds slice by slice, up to four axes. */
export const tile: tf.GradConfig = gradientOf<
  { readonly reps: readonly number[] }
>("Tile", { inputs: ["x"] }, (dy, [x], { reps }) => {
  const folded = reps.flatMap((count, axis) => [count, x!.shape[axis]!]); // one for each axis
  const repeated = reps.map((_, axis) => 2 * axis);
  return { x: () => tf.sum(tf.reshape(dy, folded), repeated) };
});
