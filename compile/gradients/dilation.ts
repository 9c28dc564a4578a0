/**
 * Filters with gaps: a dilated filter is a larger one, with zeros between its places.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** Moves the places of a filter apart along its first axes, `dilations[axis]` steps from one to the next. */
export function inflate(
  filter: tf.Tensor,
  dilations: readonly number[],
): tf.Tensor {
  return dilations.reduce(spread, filter);
}

/** Picks the places of a filter out of one that was inflated. */
export function deflate(
  filter: tf.Tensor,
  dilations: readonly number[],
): tf.Tensor {
  if (dilations.every((step) => step === 1)) return filter;
  const strides = filter.shape.map((_, axis) => dilations[axis] ?? 1);
  const begin = filter.shape.map(() => 0);
  return tf.stridedSlice(filter, begin, filter.shape, strides);
}

/** Puts `step - 1` zeros between the elements along an axis: n become (n - 1) step + 1. */
export function spread(x: tf.Tensor, step: number, axis: number): tf.Tensor {
  const length = x.shape[axis]!; // the axis exists
  if (step === 1 || length === 0) return x;
  const outer = x.shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const inner = x.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const apart = tf.reshape(x, [outer, length, 1, inner]);
  const gaps = tf.pad(apart, [[0, 0], [0, 0], [0, step - 1], [0, 0]]);
  const joined = tf.reshape(gaps, [outer, length * step, inner]);
  const reach = (length - 1) * step + 1;
  const cut = tf.slice(joined, [0, 0, 0], [outer, reach, inner]);
  const shape = x.shape.with(axis, reach);
  return tf.reshape(cut, shape);
}
