/**
 * Gradients of TensorFlow.js that record better in another form, with the same result.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** The gradient of a repetition is a sum; tfjs adds slice by slice. */
const tile: tf.GradConfig = {
  kernelName: "Tile",
  inputsToSave: ["x"],
  gradFunc: (dy, saved, attributes) => {
    const [x] = saved;
    const reps = attributes["reps"] as readonly number[]; // of this kernel
    const folded = reps.flatMap((count, axis) => [count, x!.shape[axis]!]); // one for each axis
    const repeated = reps.map((_, axis) => 2 * axis);
    const whole = dy as tf.Tensor; // the kernel has one output
    return { x: () => tf.sum(tf.reshape(whole, folded), repeated) };
  },
};

/** Puts these gradients in the place of those of tfjs, and returns how to put those back. */
export function overrideGradients(): () => void {
  const own = [tile];
  const before = own.map(({ kernelName }) => tf.getGradient(kernelName));
  own.forEach(replace);
  return () => before.forEach((gradient) => gradient && replace(gradient));
}

function replace(gradient: tf.GradConfig): void {
  tf.unregisterGradient(gradient.kernelName);
  tf.registerGradient(gradient);
}
