/**
 * The matrix products of a VAE's weight update, and nothing else.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { normal } from "../../pipelines/core/random/normal.ts";
import { versionOf } from "../versions.ts";
import type { VaeSizes } from "./image_models.ts";
import { repeated, type Work } from "./work.ts";

interface Product {
  readonly left: tf.Variable;
  readonly right: tf.Variable;
  readonly isLeftTransposed: boolean;
  readonly isRightTransposed: boolean;
  /** Takes the product: so it is written to memory, and no other work is done. */
  readonly into: tf.Variable;
}

/**
 * The 14 products of one update: for each of five layers its result and the gradient of its weight, and for all but
 * the first the gradient of its input.
 */
export async function products(
  { pixels, hidden, latent, batch }: VaeSizes,
  threads: number,
  stepsPerCall: number,
): Promise<Work> {
  const all = [
    ...layer(batch, pixels, hidden).slice(0, 2),
    ...layer(batch, hidden, latent),
    ...layer(batch, hidden, latent),
    ...layer(batch, latent, hidden),
    ...layer(batch, hidden, pixels),
  ];
  const step = await compile(() => {
    for (const product of all) multiply(product);
    return { done: tf.scalar(0) };
  }, { inputs: {}, device: "cpu", threads, stepsPerCall });
  const version = versionOf("onnxruntime-node");
  const facts = `onnxruntime-node ${version}, ${threads} threads`;
  return { facts, run: repeated(() => step.run({}), stepsPerCall) };
}

function multiply(product: Product): void {
  const { left, right, into } = product;
  const { isLeftTransposed, isRightTransposed } = product;
  into.assign(tf.matMul(left, right, isLeftTransposed, isRightTransposed));
}

/** x W, x^T dy and dy W^T, for x [batch, inputs], W [inputs, outputs] and dy [batch, outputs]. */
function layer(batch: number, inputs: number, outputs: number): Product[] {
  const x = matrix(batch, inputs);
  const weight = matrix(inputs, outputs);
  const dy = matrix(batch, outputs);
  return [
    {
      left: x,
      right: weight,
      isLeftTransposed: false,
      isRightTransposed: false,
      into: matrix(batch, outputs),
    },
    {
      left: x,
      right: dy,
      isLeftTransposed: true,
      isRightTransposed: false,
      into: matrix(inputs, outputs),
    },
    {
      left: dy,
      right: weight,
      isLeftTransposed: false,
      isRightTransposed: true,
      into: matrix(batch, inputs),
    },
  ];
}

function matrix(rows: number, columns: number): tf.Variable {
  const numbers = normal(keyFrom(4), rows * columns);
  return tf.variable(tf.tensor2d(numbers, [rows, columns]));
}
