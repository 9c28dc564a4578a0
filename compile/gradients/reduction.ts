/**
 * Gradients of sums, means and products along axes.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { gradientOf } from "./gradient.ts";

interface AxisAttributes {
  readonly axis?: number | number[] | null;
}

interface RunningAttributes {
  readonly axis: number;
  readonly exclusive?: boolean;
  readonly reverse?: boolean;
}

/** A sum hands its gradient to all; tfjs multiplies it by a tensor of ones. */
const sum = gradientOf<AxisAttributes>(
  "Sum",
  { inputs: ["x"] },
  (dy, [x], { axis }) => ({
    x: () => repeat(withKeptAxes(dy, x!, axis), x!.shape),
  }),
);

const mean = gradientOf<AxisAttributes>(
  "Mean",
  { inputs: ["x"] },
  (dy, [x], { axis }) => ({
    x: () => {
      const share = tf.div(dy, x!.size / dy.size);
      return repeat(withKeptAxes(share, x!, axis), x!.shape);
    },
  }),
);

/** Each factor's gradient is the product of the others: of those before it and those after it. */
const prod = gradientOf<AxisAttributes>(
  "Prod",
  { inputs: ["x"] },
  (dy, [x], { axis }) => ({
    x: () => {
      const axes = axesOf(x!, axis);
      const others = x!.shape.map((_, i) => i).filter((i) => !axes.includes(i));
      const order = [...others, ...axes];
      const ordered = tf.transpose(x!, order);
      const count = axes.reduce((product, i) => product * x!.shape[i]!, 1);
      const rows = tf.reshape(ordered, [x!.size / Math.max(count, 1), count]);
      const before = tf.cumprod(rows, 1, true, false);
      const after = tf.cumprod(rows, 1, true, true);
      const slope = tf.reshape(tf.mul(before, after), ordered.shape);
      const inOrder = order.map((_, i) => order.indexOf(i));
      return tf.mul(
        tf.transpose(slope, inOrder),
        withKeptAxes(dy, x!, axis),
      );
    },
  }),
);

/** The sum of the gradients from each place on: of tfjs, it is transposed for all axes but the last. */
const cumsum = gradientOf<RunningAttributes>(
  "Cumsum",
  {},
  (dy, _, { axis, exclusive, reverse }) => ({
    x: () => tf.cumsum(dy, positive(axis, dy.rank), exclusive, !reverse),
  }),
);

/**
 * With y[i] = x[0] ... x[i], the gradient of x[k] is x[0] ... x[k - 1] times s[k] = dy[k] + x[k + 1] s[k + 1]: nothing
 * is divided, so that zeros do no harm. Where the product excludes its own place, dy moves by one.
 */
const cumprod = gradientOf<RunningAttributes>(
  "Cumprod",
  { inputs: ["x"] },
  (dy, [x], { axis, exclusive, reverse }) => ({
    x: () => {
      const along = positive(axis, dy.rank);
      const factors = tf.unstack(x!, along);
      const given = tf.unstack(dy, along);
      const count = factors.length;
      const at = (i: number) => reverse ? count - 1 - i : i;
      let product = tf.onesLike(tf.cast(factors[at(0)]!, "float32"));
      const before = factors.map((_, i) => {
        const now = product;
        product = tf.mul(product, factors[at(i)]!);
        return now;
      });
      const gradients = new Array<tf.Tensor>(count);
      let rest = tf.zerosLike(product); // what comes from the places after i
      for (let i = count - 1; i >= 0; i--) {
        const own = given[at(i)]!; // one for each factor
        const sum = exclusive ? rest : tf.add(own, rest);
        gradients[at(i)] = tf.mul(before[i]!, sum);
        const passed = tf.mul(factors[at(i)]!, sum);
        rest = exclusive ? tf.add(own, tf.mul(factors[at(i)]!, rest)) : passed;
      }
      return tf.stack(gradients, along);
    },
  }),
);

/** Gradients in place of those of tfjs. */
export const reductionGradients: readonly tf.GradConfig[] = [
  sum,
  mean,
  prod,
  cumsum,
  cumprod,
];

function axesOf(
  x: tf.Tensor,
  axis: AxisAttributes["axis"],
): readonly number[] {
  return tf.util.parseAxisParam(axis ?? x.shape.map((_, i) => i), x.shape);
}

/** What a reduction of `x` left, with the reduced axes of length 1. */
/** Repeats along axes of length 1; tfjs leaves those alone that are repeated 0 times. */
function repeat(x: tf.Tensor, shape: number[]): tf.Tensor {
  return shape.includes(0) ? tf.zeros(shape) : tf.broadcastTo(x, shape);
}

function withKeptAxes(
  reduced: tf.Tensor,
  x: tf.Tensor,
  axis: AxisAttributes["axis"],
): tf.Tensor {
  const axes = axesOf(x, axis);
  const kept = x.shape.map((length, i) => axes.includes(i) ? 1 : length);
  return tf.reshape(reduced, kept);
}

function positive(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
