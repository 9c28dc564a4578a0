/**
 * The products and losses of `tests/golden/gradients.py`, by the same names.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

type Fn = (...inputs: tf.Tensor[]) => tf.Tensor;

/** All of them. */
export const PRODUCT_FUNCTIONS: Readonly<Record<string, Fn>> = {
  matMul: (a, b) => tf.matMul(a!, b!),
  "matMul, left transposed": (a, b) => tf.matMul(a!, b!, true),
  "matMul, right transposed": (a, b) => tf.matMul(a!, b!, false, true),
  "matMul, both transposed": (a, b) => tf.matMul(a!, b!, true, true),
  "matMul of stacks": (a, b) => tf.matMul(a!, b!),
  "matMul with a bias": (a, b, bias) =>
    tf.fused.matMul({ a: a!, b: b!, bias: bias! }),
  ...einsums([
    ...["ij,jk->ik", "ij,k->ik", "ij,kl->", "ij,ij->ij", "bij,bkj->bik"],
    ...["i,j->ij", "ijk->ki"],
  ]),
  softmaxCrossEntropy: (labels, logits) =>
    tf.losses.softmaxCrossEntropy(labels!, logits!),
  sigmoidCrossEntropy: (logits) =>
    tf.losses.sigmoidCrossEntropy(
      tf.tensor2d(
        [0.1, 0.2, 0.3, 0.4, 0.7, 0, 0.1, 0, ...Array(4).fill(0.25)],
        [
          3,
          4,
        ],
      ),
      logits!,
    ),
};

function einsums(equations: readonly string[]): Readonly<Record<string, Fn>> {
  return Object.fromEntries(equations.map((equation) => [
    `einsum ${equation}`,
    (...factors: tf.Tensor[]) => tf.einsum(equation, ...factors),
  ]));
}
