import * as tf from "@tensorflow/tfjs";
import { type Case, checkAgreement } from "../agreement.ts";

/** Filter, padding, channels, and outputs of convolutions of nine images. */
const CONVOLUTIONS = [
  [[3, 2], "same", 4, 2],
  [[2, 3], "valid", 4, 1],
  [[3, 3], 2, 2, 3],
] as const;

const convolutions = CONVOLUTIONS.map((
  [size, pad, channels, outputs],
): Case => ({
  name:
    `a convolution of ${channels} channels to ${outputs}, filter ${size}, ${pad}`,
  inputs: [
    { shape: [9, 5, 4, channels] },
    { shape: [...size, channels, outputs] },
  ],
  fn: (x, filter) =>
    tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, pad, "NHWC"),
  terms: 9 * 5 * 4,
}));

const pools = [true, false].map((isOfBatch): Case => ({
  name: `places of the largest pixels among all of a ${
    isOfBatch ? "batch" : "image"
  }`,
  inputs: [{ shape: [3, 4, 5, 2] }],
  fn: (x) =>
    tf.maxPoolWithArgmax(x as tf.Tensor4D, 2, 2, "valid", isOfBatch).indexes!
      .cast("float32"), // it always has them
  gradients: "without",
}));

const around: Case = {
  name: "places of the first of zeros, beside what lies around an image",
  inputs: [{ shape: [2, 5, 5, 2], data: Array<number>(100).fill(0) }],
  fn: (x) =>
    tf.maxPoolWithArgmax(x as tf.Tensor4D, 3, 2, "same").indexes!
      .cast("float32"), // as above
  gradients: "without",
};

const whole = {
  shape: [4],
  dtype: "int32",
  data: [-7, 0, 3, 2 ** 30],
} as const;

/** Bounds of whole numbers, some of which no number reaches. */
const clips = [[-3, 2], [-Infinity, 2], [-3, Infinity]].map((
  [low = 0, high = 0],
): Case => ({
  name: `whole numbers from ${low} to ${high}`,
  inputs: [whole],
  fn: (x) => tf.clipByValue(x, low, high),
  gradients: "without",
}));

for (const each of [...convolutions, ...pools, around, ...clips]) {
  Deno.test(`${each.name} are what tfjs computes`, () => checkAgreement(each));
}
