import * as tf from "@tensorflow/tfjs";
import { type Case, testCases } from "../agreement.ts";

function indices(shape: readonly number[], to: number): Case["inputs"][number] {
  return { shape, dtype: "int32", from: 0, to };
}

testCases("GatherV2", [
  {
    name: "rows",
    inputs: [{ shape: [5, 3] }, indices([7], 5)],
    fn: (x, i) => tf.gather(x!, i as tf.Tensor1D),
    terms: 7,
  },
  {
    name: "rows by a matrix",
    inputs: [{ shape: [5, 3] }, indices([2, 4], 5)],
    fn: (x, i) => tf.gather(x!, i as tf.Tensor2D),
    terms: 8,
  },
  {
    name: "columns",
    inputs: [{ shape: [2, 5, 3] }, indices([4], 5)],
    fn: (x, i) => tf.gather(x!, i as tf.Tensor1D, 1),
    terms: 4,
  },
  {
    name: "of a large vocabulary",
    inputs: [{ shape: [600, 2] }, indices([50], 3)],
    fn: (x, i) => tf.gather(x!, i as tf.Tensor1D),
    terms: 50,
  },
  {
    name: "in each row",
    inputs: [{ shape: [3, 5] }, indices([3, 2], 5)],
    fn: (x, i) => tf.gather(x!, i as tf.Tensor2D, 1, 1),
    gradients: "without",
  },
]);
testCases("GatherNd", [
  {
    name: "elements",
    inputs: [{ shape: [3, 4] }, indices([5, 2], 3)],
    fn: (x, i) => tf.gatherND(x!, i!),
    gradients: "without",
  },
  {
    name: "rows",
    inputs: [{ shape: [3, 4] }, indices([2, 2, 1], 3)],
    fn: (x, i) => tf.gatherND(x!, i!),
    gradients: "without",
  },
]);
testCases("ScatterNd", [
  {
    name: "elements that share places",
    inputs: [indices([40, 2], 3), { shape: [40] }],
    fn: (i, u) => tf.scatterND(i!, u!, [3, 4]),
    terms: 40,
    gradients: "without",
  },
  {
    name: "rows of a large table",
    inputs: [indices([50, 1], 3), { shape: [50, 2] }],
    fn: (i, u) => tf.scatterND(i!, u!, [700, 2]),
    terms: 50,
    gradients: "without",
  },
]);
testCases("TensorScatterUpdate", [
  {
    name: "single numbers of a tensor that others need, too",
    inputs: [{ shape: [3, 4] }, { shape: [2] }],
    fn: (x, u) => {
      const places = tf.tensor2d([[2, 1], [0, 3]], [2, 2], "int32");
      const y = x!.mul(2);
      return tf.tensorScatterUpdate(y, places, u!).mul(y);
    },
    gradients: "without",
  },
  {
    name: "single numbers of a row",
    inputs: [{ shape: [7] }, { shape: [1] }],
    fn: (x, u) => {
      const places = tf.tensor2d([[5]], [1, 1], "int32");
      return tf.tensorScatterUpdate(x!.exp(), places, u!);
    },
    gradients: "without",
  },
]);
testCases("UnsortedSegmentSum", [
  {
    name: "with a segment that is empty",
    inputs: [{ shape: [9, 2] }, indices([9], 3)],
    fn: (x, i) => tf.unsortedSegmentSum(x!, i as tf.Tensor1D, 5),
    terms: 9,
    gradients: "without",
  },
]);
testCases("OneHot", [
  {
    name: "of a matrix",
    inputs: [indices([2, 3], 4)],
    fn: (i) => tf.oneHot(i as tf.Tensor2D, 4),
    gradients: "without",
  },
  {
    name: "with other numbers",
    inputs: [indices([3], 4)],
    fn: (i) => tf.oneHot(i as tf.Tensor1D, 4, 0.9, 0.1, "float32"),
    gradients: "without",
  },
]);
testCases("TopK", [
  {
    name: "values",
    inputs: [{ shape: [3, 6] }],
    fn: (x) => tf.topk(x!, 2).values,
    gradients: "without",
  },
  {
    name: "indices of ties",
    inputs: [{ shape: [2, 4], data: [1, 3, 3, 0, 5, 5, 1, 1] }],
    fn: (x) => tf.topk(x!, 3).indices,
    gradients: "without",
  },
]);
