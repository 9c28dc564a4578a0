/**
 * The matrix products of some work, and nothing else.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import { elementCount, type Shape } from "../../compile/graph/shape.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { normal } from "../../pipelines/core/random/normal.ts";
import { versionOf } from "../versions.ts";
import { flops, type Matrix, type Product, shapeOf } from "./product_lists.ts";
import { repeated, type Work } from "./work.ts";

/** How the products are done. */
export interface ProductSetting {
  readonly threads: number;
  /** How often a call does them all. */
  readonly stepsPerCall: number;
  /** Units of the work that a call is: one for each step unless given. */
  readonly units?: number;
}

/** Products of matrices of normal numbers, in one graph. */
export async function products(
  all: readonly Product[],
  { threads, stepsPerCall, units = stepsPerCall }: ProductSetting,
): Promise<Work> {
  const made = new Map<Matrix, tf.Variable>();
  const numbersOf = (matrix: Matrix) => {
    const known = made.get(matrix) ?? variable(matrix.shape);
    made.set(matrix, known);
    return known;
  };
  const multiplications = all.map((product) => ({
    left: numbersOf(product.left),
    right: numbersOf(product.right),
    transposed: product.transposed,
    into: variable(shapeOf(product)), // written to memory, and no other work is done
  }));
  const step = await compile(() => {
    for (const { left, right, transposed, into } of multiplications) {
      const isLeft = transposed === "left";
      into.assign(tf.matMul(left, right, isLeft, transposed === "right"));
    }
    return { done: tf.scalar(0) };
  }, { inputs: {}, device: "cpu", threads, stepsPerCall });
  const version = versionOf("onnxruntime-node");
  const work = stepsPerCall / units * flops(all);
  const facts = `onnxruntime-node ${version}, ${threads} threads, ${
    inWords(work)
  }`;
  return { facts, run: repeated(() => step.run({}), units) };
}

/** Whole megaflops, or three digits of gigaflops. */
function inWords(work: number): string {
  const millions = work / 1e6;
  return millions < 1000
    ? `${millions.toFixed(0)} MFLOP`
    : `${(millions / 1000).toPrecision(3)} GFLOP`;
}

function variable(shape: Shape): tf.Variable {
  const numbers = normal(keyFrom(4), elementCount(shape));
  return tf.variable(tf.tensor(numbers, [...shape]));
}
