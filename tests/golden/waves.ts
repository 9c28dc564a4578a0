/**
 * Inputs by formula, the same as those of `golden.py`.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { NamedParameterSpec } from "../../models/parameters/parameters.ts";

/** amplitude * sin(phase + 0.7 i + 0.01 i^2), as float32. */
export function waveValues(
  count: number,
  phase: number,
  amplitude = 1,
): Float32Array {
  return Float32Array.from(
    { length: count },
    (_, i) => amplitude * Math.sin(phase + 0.7 * i + 0.01 * i * i),
  );
}

/** A wave as a tensor. */
export function wave<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  phase: number,
  amplitude?: number,
): tf.Tensor<R> {
  const count = shape.reduce((product, side) => product * side, 1);
  return tf.tensor<R>(waveValues(count, phase, amplitude), shape);
}

/** Zeros and ones: where a wave is positive. */
export function bits<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  phase: number,
): tf.Tensor<R> {
  return wave<R>(shape, phase).greater(0).cast("float32");
}

/** The values of a parameter: a wave whose phase is the sum of the character codes of its path. */
export function drawWave(
  { name, shape }: Pick<NamedParameterSpec, "name" | "shape">,
  amplitude = 0.4,
): Float32Array {
  const phase = [...name].reduce((sum, c) => sum + c.charCodeAt(0), 0);
  const count = shape.reduce((product, side) => product * side, 1);
  return waveValues(count, phase, amplitude);
}

/** Class indices (5 i^2 + 3 i) mod count. */
export function classes<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  count: number,
): tf.Tensor<R> {
  const size = shape.reduce((product, side) => product * side, 1);
  const values = Int32Array.from(
    { length: size },
    (_, i) => (5 * i * i + 3 * i) % count,
  );
  return tf.tensor<R>(values, shape, "int32");
}
