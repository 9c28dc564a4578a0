/**
 * Gradients of sums over products.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { parseEinsum } from "../einsum_equation.ts";

/**
 * Each factor's gradient is the sum over the products of all else: of the result's gradient and the other factors.
 * Axes of the factor alone, which were summed, get the same everywhere.
 */
export const einsum: tf.GradConfig = {
  kernelName: "Einsum",
  saveAllInputs: true,
  gradFunc: (dy, factors, attributes) => {
    const { equation } = attributes as unknown as tf.EinsumAttrs; // of this kernel
    const { operands, result } = parseEinsum(
      equation,
      factors.map(({ shape }) => shape),
    );
    const gradients = factors.map((factor, i) => () => {
      const letters = [...operands[i]!]; // one operand for each factor
      const others = factors.filter((_, j) => j !== i);
      const terms = [result, ...operands.filter((_, j) => j !== i)];
      const known = letters.filter((letter) =>
        terms.some((term) => term.includes(letter))
      );
      const sum = tf.einsum(
        `${terms}->${known.join("")}`,
        dy as tf.Tensor, // the kernel has one output
        ...others,
      );
      const kept = letters.map((letter, axis) =>
        known.includes(letter) ? factor.shape[axis]! : 1 // a letter for each axis
      );
      return tf.broadcastTo(tf.reshape(sum, kept), factor.shape);
    });
    return Object.fromEntries(gradients.entries());
  },
};
