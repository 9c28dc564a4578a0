/**
 * Gradients of paddings, slices and repetitions: each number gets the gradients of its copies.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { spread } from "./dilation.ts";
import { gradientOf } from "./gradient.ts";

/** A sum; tfjs adds slice by slice, up to four axes. */
const tile = gradientOf<{ readonly reps: readonly number[] }>(
  "Tile",
  { inputs: ["x"] },
  (dy, [x], { reps }) => ({
    x: () => {
      const folded = reps.flatMap((count, axis) => [count, x!.shape[axis]!]); // one for each axis
      const repeated = reps.map((_, axis) => 2 * axis);
      return tf.sum(tf.reshape(dy, folded), repeated);
    },
  }),
);

interface MirrorAttributes {
  readonly paddings: readonly (readonly [number, number])[];
  readonly mode: "reflect" | "symmetric";
}

/** Folds the mirror images back, axis by axis; tfjs drops their gradients. */
const mirrorPad = gradientOf<MirrorAttributes>(
  "MirrorPad",
  { inputs: ["x"] },
  (dy, [x], { paddings, mode }) => ({
    x: () => {
      const edge = mode === "reflect" ? 1 : 0;
      return paddings.reduce((folded, [before, after], axis) => {
        const length = x!.shape[axis]!; // one padding for each axis
        const image = (from: number, count: number, to: number) => {
          if (count === 0) return undefined;
          const part = sliceAxis(folded, axis, from, count);
          return place(tf.reverse(part, axis), axis, to, length);
        };
        const images = [
          sliceAxis(folded, axis, before, length),
          image(0, before, edge),
          image(before + length, after, length - after - edge),
        ];
        return tf.addN(images.filter((part) => part !== undefined));
      }, dy);
    },
  }),
);

interface StridedAttributes {
  readonly begin: number[];
  readonly end: number[];
  readonly strides: number[];
  readonly beginMask: number;
  readonly endMask: number;
  readonly ellipsisMask: number;
  readonly newAxisMask: number;
  readonly shrinkAxisMask: number;
}

/** Puts each number back where it was, with zeros between. */
const stridedSlice = gradientOf<StridedAttributes>(
  "StridedSlice",
  { inputs: ["x"] },
  (dy, [x], a) => ({
    x: () => {
      const { begin, end, strides } = tf.slice_util.sliceInfo(
        x!.shape,
        a.begin,
        a.end,
        a.strides,
        a.beginMask,
        a.endMask,
        a.ellipsisMask,
        a.newAxisMask,
        a.shrinkAxisMask,
      );
      const counts = begin.map((from, axis) =>
        Math.max(0, Math.ceil((end[axis]! - from) / strides[axis]!)) // one for each axis
      );
      if (counts.includes(0)) return tf.zerosLike(x!);
      return counts.reduce((whole, count, axis) => {
        const stride = strides[axis]!; // one for each axis
        const isBackward = stride < 0;
        const ordered = isBackward ? tf.reverse(whole, axis) : whole;
        const apart = spread(ordered, Math.abs(stride), axis);
        const last = begin[axis]! + (count - 1) * stride;
        const first = isBackward ? last : begin[axis]!;
        return place(apart, axis, first, x!.shape[axis]!);
      }, tf.reshape(dy, counts));
    },
  }),
);

const flip = gradientOf("FlipLeftRight", {}, (dy) => ({
  image: () => tf.reverse(dy, 2),
}));

const diag = gradientOf("Diag", { inputs: ["x"] }, (dy, [x]) => ({
  x: () => {
    const matrix = tf.reshape(dy, [x!.size, x!.size]);
    const diagonal = tf.sum(tf.mul(matrix, tf.eye(x!.size)), 1);
    return tf.reshape(diagonal, x!.shape);
  },
}));

/** Takes a single part too, whose gradient tfjs hands over without a list, and fails. */
const unpack = gradientOf<tf.UnpackAttrs>("Unpack", {}, (dys, _, { axis }) => ({
  value: () => tf.stack(listOf(dys), axis),
}));

const split = gradientOf<tf.SplitVAttrs>("SplitV", {}, (dys, _, { axis }) => ({
  x: () => tf.concat(listOf(dys), axis),
}));

function listOf(dys: tf.Tensor | tf.Tensor[]): tf.Tensor[] {
  return [dys].flat();
}

/** Gradients in place of those of tfjs, and of kernels for which it has none. */
export const layoutGradients: readonly tf.GradConfig[] = [
  tile,
  mirrorPad,
  stridedSlice,
  flip,
  diag,
  unpack,
  split,
];

function sliceAxis(
  x: tf.Tensor,
  axis: number,
  from: number,
  count: number,
): tf.Tensor {
  const begin = x.shape.map((_, i) => i === axis ? from : 0);
  return tf.slice(x, begin, x.shape.with(axis, count));
}

/** Surrounds a part with zeros, so that it begins at `from` of `length` along an axis. */
function place(
  part: tf.Tensor,
  axis: number,
  from: number,
  length: number,
): tf.Tensor {
  const after = length - from - part.shape[axis]!; // the axis exists
  if (from === 0 && after === 0) return part;
  return tf.pad(
    part,
    part.shape.map((_, i) => i === axis ? [from, after] : [0, 0]),
  );
}
