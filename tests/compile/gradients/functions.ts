/**
 * The operations of `tests/golden/gradients.py` in TensorFlow.js, by the same names.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { IMAGE_FUNCTIONS } from "./image_functions.ts";
import { PRODUCT_FUNCTIONS } from "./product_functions.ts";

/** A function of tensors. */
export type Fn = (...inputs: tf.Tensor[]) => tf.Tensor;

const unary: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  abs: tf.abs,
  exp: tf.exp,
  expm1: tf.expm1,
  square: tf.square,
  reciprocal: tf.reciprocal,
  sin: tf.sin,
  cos: tf.cos,
  tan: (x) => tf.tan(x.mul(0.6)),
  atan: tf.atan,
  sinh: tf.sinh,
  cosh: tf.cosh,
  tanh: tf.tanh,
  asinh: tf.asinh,
  erf: tf.erf,
  sigmoid: tf.sigmoid,
  softplus: tf.softplus,
  logSigmoid: tf.logSigmoid,
  relu: tf.relu,
  relu6: (x) => tf.relu6(x.mul(5)),
  elu: tf.elu,
  selu: tf.selu,
  leakyRelu: (x) => tf.leakyRelu(x, 0.2),
  mish: (x) => tf.mul(x, tf.tanh(tf.softplus(x))),
  swish: (x) => tf.mul(x, tf.sigmoid(x)),
  neg: tf.neg,
  clipByValue: (x) => tf.clipByValue(x, -1, 0.7),
  sign: tf.sign,
  floor: tf.floor,
  ceil: tf.ceil,
  round: tf.round,
  step: (x) => tf.step(x, 0.3),
  softmax: (x) => tf.softmax(x),
  logSoftmax: (x) => tf.logSoftmax(x),
  logSumExp: (x) => tf.logSumExp(x, 1),
  "logSumExp of all": (x) => tf.logSumExp(x),
  "where of a comparison": (x) =>
    tf.where(x.greater(0.2), tf.square(x), tf.exp(x)),
  floorDiv: (x) => tf.floorDiv(x, tf.scalar(0.7)).cast("float32"),
  "cast to int32": (x) => x.mul(2).cast("int32").cast("float32").mul(x),
  log: tf.log,
  log1p: tf.log1p,
  sqrt: tf.sqrt,
  rsqrt: tf.rsqrt,
  "pow of a third": (x) => tf.pow(x, 1 / 3),
  "pow 3": (x) => tf.pow(x, 3),
  "pow -2": (x) => tf.pow(x, -2),
  asin: tf.asin,
  acos: tf.acos,
  atanh: tf.atanh,
  acosh: tf.acosh,
};

const atBends: Readonly<Record<string, Fn>> = {
  prelu: (x, a) => tf.prelu(x!, a!),
  "abs at 0": (x) => tf.abs(x!),
  "relu at 0": (x) => tf.relu(x!),
  "relu6 at 0 and 6": (x) => tf.relu6(x!),
  "leakyRelu at 0": (x) => tf.leakyRelu(x!, 0.2),
  "elu at 0": (x) => tf.elu(x!),
  "prelu at 0": (x, a) => tf.prelu(x!, a!),
  "clipByValue at its bounds": (x) => tf.clipByValue(x!, -1, 1),
  "sqrt at 0": (x) => tf.sqrt(x!),
  "pow 2 at 0": (x) => tf.pow(x!, 2),
  "pow 1 at 0": (x) => tf.pow(x!, 1),
  "pow 0 at 0": (x) => tf.pow(x!, 0).add(tf.square(x!)),
  "pow of exponents, base 0": (n) => tf.pow(tf.tensor1d([0, 2, 3]), n!),
  "norm at 0": (x) => tf.norm(x!),
  "norm of rows, one 0": (x) => tf.norm(x!, 2, 1),
  norm: (x) => tf.norm(x!, 2, 1),
  "norm of a matrix": (x) => tf.norm(x!, "fro", [0, 1]),
  "norm, sum": (x) => tf.norm(x!, 1, 0),
  "norm, maximum": (x) => tf.norm(x!, Infinity, 1),
  "maximum of equals": (a, b) => tf.maximum(a!, b!),
  "minimum of equals": (a, b) => tf.minimum(a!, b!),
  "max of equals": (x) => tf.max(x!, 1),
  "max of all, equals": (x) => tf.max(x!),
  "min of equals": (x) => tf.min(x!, 0),
  "logSumExp of equals": (x) => tf.logSumExp(x!, 1),
  divNoNan: (a, b) => tf.divNoNan(a!, b!),
  "atan2 on the axes": (a, b) => tf.atan2(a!, b!),
};

const binary: Readonly<Record<string, Fn>> = {
  add: (a, b) => tf.add(a!, b!),
  sub: (a, b) => tf.sub(a!, b!),
  mul: (a, b) => tf.mul(a!, b!),
  div: (a, b) => tf.div(a!, b!),
  pow: (a, b) => tf.pow(a!, b!),
  maximum: (a, b) => tf.maximum(a!, b!),
  minimum: (a, b) => tf.minimum(a!, b!),
  squaredDifference: (a, b) => tf.squaredDifference(a!, b!),
  mod: (a, b) => tf.mod(a!, b!),
  addN: (a, b) => tf.addN([a!, tf.mul(b!, tf.onesLike(a!)), a!]),
  atan2: (a, b) => tf.atan2(a!, b!),
  "sub, left repeated": (a, b) => tf.sub(a!, b!),
};

const alongAxes: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  sum: (x) => tf.sum(x, 0),
  "sum of two axes": (x) => tf.sum(x, [0, 2]),
  mean: (x) => tf.mean(x, 1),
  "mean of two axes": (x) => tf.mean(x, [1, 2]),
  max: (x) => tf.max(x, 0),
  "max of two axes": (x) => tf.max(x, [0, 2]),
  min: (x) => tf.min(x, 1),
  prod: (x) => tf.prod(x, 1),
  "prod of all, one 0": (x) => tf.prod(x),
  "prod, zeros": (x) => tf.prod(x, 1),
  "prod of the first axis": (x) => tf.prod(x, 0),
  "prod of two axes": (x) => tf.prod(x, [0, 2]),
  ...running("cumsum", tf.cumsum, [
    [0, false, false],
    [1, false, false],
    [2, false, false],
    [1, true, false],
    [1, false, true],
    [0, true, true],
    [2, true, true],
  ]),
  ...running("cumprod", tf.cumprod, [
    [0, false, false],
    [1, false, false],
    [1, true, false],
    [1, false, true],
    [0, true, true],
  ]),
};

function running(
  name: string,
  f: typeof tf.cumsum,
  choices: readonly (readonly [number, boolean, boolean])[],
): Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> {
  return Object.fromEntries(choices.map(([axis, exclusive, reverse]) => {
    const how = (exclusive ? ", exclusive" : "") + (reverse ? ", reverse" : "");
    return [
      `${name} of axis ${axis}${how}`,
      (x: tf.Tensor) => f(x, axis, exclusive, reverse),
    ];
  }));
}

const moved: Readonly<Record<string, Fn>> = {
  reshape: (x) => tf.square(x!).reshape([5, 2]),
  expandDims: (x) => tf.square(x!).expandDims(1),
  transpose: (x) => tf.transpose(tf.square(x!), [2, 0, 1]),
  tile: (x) => tf.tile(tf.square(x!), [2, 3]),
  broadcastTo: (x) => tf.broadcastTo(tf.square(x!), [3, 2, 5]),
  "broadcastTo along both": (x) => tf.broadcastTo(tf.square(x!), [2, 3, 5]),
  concat: (a, b) => tf.concat([a!.mul(b!.slice([0, 0], [2, 5])), b!], 1),
  stack: (a, b) => tf.stack([a!.mul(b!), b!], 1),
  unstack: (x) => {
    const [first, second] = tf.unstack(x!);
    return first!.mul(second!);
  },
  "unstack of one": (x) => tf.unstack(tf.square(x!))[0]!,
  "split into one": (x) => tf.split(tf.square(x!), 1)[0]!,
  bandPart: (x) => tf.linalg.bandPart(tf.square(x!), 1, 0),
  diag: (x) => tf.diag(tf.square(x!)),
  flipLeftRight: (x) => tf.image.flipLeftRight(tf.square(x!) as tf.Tensor4D),
  sparseToDense: (u, d) =>
    tf.sparseToDense(indices([3, 1]), tf.square(u!), [5], d as tf.Scalar),
  split: (x) => {
    const [first, second] = tf.split(x!, [2, 3], 1);
    return first!.sum(1).mul(second!.sum(1));
  },
  slice: (x) => tf.slice(tf.square(x!), [1, 1], [1, 3]),
  stridedSlice: (x) => tf.stridedSlice(tf.square(x!), [0, 0], [2, 5], [1, 2]),
  "stridedSlice backward": (x) =>
    tf.stridedSlice(tf.square(x!), [0, 4], [2, 0], [1, -3]),
  "stridedSlice of one row": (x) =>
    tf.stridedSlice(tf.square(x!), [1, 1], [2, 4], [1, 1], 0, 0, 0, 0, 1),
  reverse: (x) => tf.reverse(tf.square(x!), 1),
  pad: (x) => tf.pad(tf.square(x!), [[0, 1], [1, 2]], 0.5),
  "mirrorPad reflect": (x) =>
    tf.mirrorPad(tf.square(x!), [[0, 0], [2, 2]], "reflect"),
  "mirrorPad symmetric": (x) =>
    tf.mirrorPad(tf.square(x!), [[1, 0], [2, 1]], "symmetric"),
  gather: (x) => tf.gather(tf.square(x!), indices([2, 0, 2])),
  "gather of axis 1": (x) => tf.gather(tf.square(x!), indices([3, 0, 3, 1]), 1),
  "gather by rows": (x) =>
    tf.gather(tf.square(x!), table([[1, 1], [0, 2]]), 1, 1),
  "gather by rows of axis 2": (x) =>
    tf.gather(tf.square(x!), table([[1, 1, 3], [0, 2, 0]]), 2, 1),
  gatherND: (x) => tf.gatherND(tf.square(x!), table([[0, 2], [1, 0], [0, 2]])),
  scatterND: (u) => tf.scatterND(table([[2], [0], [2]]), tf.square(u!), [4, 3]),
  tensorScatterUpdate: (x, u) =>
    tf.tensorScatterUpdate(tf.square(x!), table([[2], [0]]), tf.square(u!)),
  unsortedSegmentSum: (x) =>
    tf.unsortedSegmentSum(tf.square(x!), indices([1, 0, 1, 2]), 3),
  topk: (x) => tf.square(tf.topk(x!, 2).values),
  "argMin and what is finite": (x) => {
    const isOdd = tf.logicalOr(tf.isNaN(x!), tf.isInf(x!));
    const square = tf.where(isOdd, 0, tf.square(x!));
    const least = tf.argMin(x!, 1).expandDims(1).cast("float32");
    return tf.where(tf.isFinite(x!), square, 0).add(least);
  },
  "oneHot and argMax": (x) =>
    tf.oneHot(tf.argMax(x!, 1), 5).cast("float32").mul(x!),
};

function indices(list: number[]): tf.Tensor1D {
  return tf.tensor1d(list, "int32");
}

function table(rows: number[][]): tf.Tensor2D {
  return tf.tensor2d(rows, undefined, "int32");
}

/** All of them. */
export const FUNCTIONS: Readonly<Record<string, Fn>> = {
  ...unary,
  ...atBends,
  ...binary,
  ...alongAxes,
  ...moved,
  ...PRODUCT_FUNCTIONS,
  ...IMAGE_FUNCTIONS,
};
