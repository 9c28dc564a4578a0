/**
 * Gradients of what is picked by index, and put there.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { gradientOf, noGradient } from "./gradient.ts";

interface GatherAttributes {
  readonly axis: number;
  readonly batchDims?: number;
}

/** Each place gets the sum of the gradients of its copies: with [B, O, A, I] gathered by [B, K] into [B, O, K, I]. */
const gather = gradientOf<GatherAttributes>("GatherV2", {
  inputs: ["x", "indices"],
}, (dy, [x, indices], { axis, batchDims = 0 }) => ({
  x: () => {
    const along = axis < 0 ? axis + x!.rank : axis;
    const length = x!.shape[along]!; // the axis exists
    const batch = sizeOf(x!.shape.slice(0, batchDims));
    const outer = sizeOf(x!.shape.slice(batchDims, along));
    const inner = sizeOf(x!.shape.slice(along + 1));
    const picks = indices!.size / batch;
    const blocks = tf.reshape(dy, [batch, outer, picks, inner]);
    const rows = tf.reshape(
      outer === 1 ? blocks : tf.transpose(blocks, [0, 2, 1, 3]),
      [batch * picks, outer * inner],
    );
    const sums = tf.unsortedSegmentSum(
      rows,
      rowsOf(indices!, batch, length),
      batch * length,
    );
    const apart = tf.reshape(sums, [batch, length, outer, inner]);
    const ordered = outer === 1 ? apart : tf.transpose(apart, [0, 2, 1, 3]);
    return tf.reshape(ordered, x!.shape);
  },
  indices: () => noGradient(indices!.shape),
}));

/** Numbers of rows, [batch picks], of indices into one of `batch` blocks of `length` rows each. */
function rowsOf(
  indices: tf.Tensor,
  batch: number,
  length: number,
): tf.Tensor1D {
  const table = tf.reshape(tf.cast(indices, "int32"), [batch, -1]);
  const offsets = Int32Array.from({ length: batch }, (_, i) => i * length);
  const rows = batch === 1
    ? table
    : tf.add(table, tf.tensor2d(offsets, [batch, 1], "int32"));
  return tf.reshape(rows, [-1]);
}

/** The largest get their gradients, the others none. */
const topK: tf.GradConfig = {
  kernelName: "TopK",
  inputsToSave: ["x"],
  outputsToSave: [false, true],
  gradFunc: (dy, saved) => {
    const [x, indices] = saved;
    const [values] = dy as tf.Tensor[]; // of values and indices
    return {
      x: () => {
        const length = x!.shape.at(-1)!; // tfjs refuses scalars
        const rows = rowsOf(indices!, x!.size / length, length);
        const flat = tf.reshape(values!, [rows.size, 1]);
        const sums = tf.unsortedSegmentSum(flat, rows, x!.size);
        return tf.reshape(sums, x!.shape);
      },
    };
  },
};

const gatherNd = gradientOf("GatherNd", { inputs: ["params", "indices"] }, (
  dy,
  [params, indices],
) => ({
  params: () => tf.scatterND(tf.cast(indices!, "int32"), dy, params!.shape),
  indices: () => noGradient(indices!.shape),
}));

const scatterNd = gradientOf("ScatterNd", { inputs: ["indices"] }, (
  dy,
  [indices],
) => ({
  updates: () => tf.gatherND(dy, indices!),
  indices: () => noGradient(indices!.shape),
}));

/** What was replaced has no gradient. */
const tensorScatterUpdate = gradientOf("TensorScatterUpdate", {
  inputs: ["indices", "updates"],
}, (dy, [indices, updates]) => ({
  tensor: () =>
    tf.tensorScatterUpdate(dy, indices!, noGradient(updates!.shape)),
  updates: () => tf.gatherND(dy, indices!),
  indices: () => noGradient(indices!.shape),
}));

/** What is nowhere replaced has the gradient of the number that stands there. */
const sparseToDense = gradientOf("SparseToDense", {
  inputs: ["sparseIndices", "sparseValues"],
}, (dy, [indices, values]) => {
  const rows = tf.reshape(indices!, [
    -1,
    indices!.rank > 1 ? indices!.shape[1]! : 1, // a matrix
  ]);
  const picked = () => tf.gatherND(dy, rows);
  return {
    sparseValues: () => values!.rank === 0 ? tf.sum(picked()) : picked(),
    defaultValue: () => tf.sub(tf.sum(dy), tf.sum(picked())),
    sparseIndices: () => noGradient(indices!.shape),
  };
});

/** Gradients in place of those of tfjs, and of kernels for which it has none. */
export const selectionGradients: readonly tf.GradConfig[] = [
  gather,
  topK,
  gatherNd,
  scatterNd,
  tensorScatterUpdate,
  sparseToDense,
];

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
