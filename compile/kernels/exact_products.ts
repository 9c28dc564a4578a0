/**
 * Products of int32, which wrap around, and running sums.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { broadcastShapes, elementCount, positiveAxes } from "../graph/shape.ts";
import { make, type Numbers, places } from "./numbers.ts";

/** The product over some axes. */
export function product(x: Numbers, attributes: tf.NamedAttrMap): Numbers {
  const { axis, keepDims } = attributes as unknown as tf.ProdAttrs; // of this kernel
  const axes = positiveAxes(axis, x.shape.length);
  const kept = x.shape.map((length, i) => axes.includes(i) ? 1 : length);
  const shape = keepDims ? kept : x.shape.filter((_, i) => !axes.includes(i));
  const values = make(x.dtype, elementCount(kept)).fill(1);
  const place = places(kept, x.shape);
  for (let i = 0; i < x.values.length; i++) {
    const at = place(i);
    values[at] = Math.imul(values[at]!, x.values[i]!); // within both
  }
  return { values, shape, dtype: x.dtype };
}

/** The product of all numbers up to each, along an axis. */
export function cumulativeProduct(
  x: Numbers,
  attributes: tf.NamedAttrMap,
): Numbers {
  return cumulate(x, attributes, 1, Math.imul);
}

/** The sum of all numbers up to each, along an axis, in float64. */
export function cumulativeSum(
  x: Numbers,
  attributes: tf.NamedAttrMap,
): Numbers {
  return cumulate(x, attributes, 0, (sum, number) => sum + number);
}

function cumulate(
  x: Numbers,
  attributes: tf.NamedAttrMap,
  start: number,
  operation: (running: number, number: number) => number,
): Numbers {
  const { axis, exclusive, reverse } = attributes as unknown as tf.CumsumAttrs; // of both kernels
  const [along = 0] = positiveAxes(axis, x.shape.length);
  const length = x.shape[along] ?? 1;
  const stride = elementCount(x.shape.slice(along + 1));
  const values = make(x.dtype, x.values.length);
  for (let first = 0; first < values.length; first++) {
    if (Math.floor(first / stride) % length !== 0) continue;
    let running = start;
    for (let i = 0; i < length; i++) {
      const at = first + (reverse ? length - 1 - i : i) * stride;
      const next = operation(running, x.values[at]!); // within it
      values[at] = exclusive ? running : next;
      running = next;
    }
  }
  return { values, shape: x.shape, dtype: x.dtype };
}

/** Products of stacks of matrices. */
export function matrixProduct(
  a: Numbers,
  b: Numbers,
  attributes: tf.NamedAttrMap,
): Numbers {
  const { transposeA, transposeB } =
    attributes as unknown as tf.BatchMatMulAttrs; // of this kernel
  const [m, k] = transposeA ? swapped(a) : a.shape.slice(-2);
  const [, n] = transposeB ? swapped(b) : b.shape.slice(-2);
  const leading = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const [left, right] = [a, b].map(({ shape }) => {
    return places(shape.slice(0, -2), leading);
  });
  const values = make(a.dtype, elementCount([...leading, m!, n!]));
  for (let i = 0; i < values.length; i++) {
    const [column, row] = [i % n!, Math.floor(i / n!) % m!]; // matrices
    const stack = Math.floor(i / (m! * n!));
    const [fromA, fromB] = [left!(stack) * m! * k!, right!(stack) * k! * n!];
    let sum = 0;
    for (let j = 0; j < k!; j++) {
      const inA = transposeA ? j * m! + row : row * k! + j;
      const inB = transposeB ? column * k! + j : j * n! + column;
      sum = sum + Math.imul(a.values[fromA + inA]!, b.values[fromB + inB]!) | 0;
    }
    values[i] = sum;
  }
  return { values, shape: [...leading, m!, n!], dtype: a.dtype };
}

function swapped({ shape }: Numbers): readonly number[] {
  return [shape.at(-1)!, shape.at(-2)!]; // a matrix at least
}
