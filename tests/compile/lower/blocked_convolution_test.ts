import * as tf from "@tensorflow/tfjs";
import { type Case, checkAgreement } from "../agreement.ts";

type Pad = "same" | "valid" | number;

/** Blocks are for the CPU alone: `image_test.ts` has cases for all devices. */
function testCases(kernel: string, cases: readonly Case[]): void {
  for (const each of cases) {
    Deno.test(`${kernel}: ${each.name} compiles to what tfjs computes`, () => {
      return checkAgreement(each, "cpu");
    });
  }
}

const images = (x?: tf.Tensor): tf.Tensor4D => x as tf.Tensor4D;

/** Batch, size, channels, outputs, filter, stride, padding: with blocks of 8 and of 16 channels and images. */
const LAYERS: readonly (readonly [
  number,
  readonly [number, number],
  number,
  number,
  number,
  number,
  Pad,
])[] = [
  [16, [5, 6], 16, 16, 3, 1, "same"],
  [16, [5, 6], 16, 32, 3, 1, "valid"],
  [16, [5, 6], 32, 16, 3, 1, "same"],
  [16, [4, 5], 48, 16, 2, 1, "same"], // one more row and column below and to the right
  [16, [7, 6], 16, 16, 3, 2, "same"],
  [16, [8, 8], 16, 32, 4, 2, "same"],
  [16, [8, 9], 16, 16, 4, 2, "valid"], // the last column is in no window
  [16, [5, 5], 16, 16, 2, 3, "same"], // pixels between the windows
  [16, [5, 6], 1, 16, 3, 1, "same"],
  [16, [5, 6], 3, 32, 3, 1, "same"], // less than a block of channels
  [16, [5, 6], 16, 1, 3, 1, "same"], // less than a block of outputs
  [16, [5, 6], 16, 5, 3, 1, "valid"],
  [16, [5, 6], 32, 24, 3, 1, "same"], // half of the last block
  [16, [5, 6], 20, 16, 3, 1, "same"], // no whole blocks
  [3, [5, 6], 16, 16, 3, 1, "same"], // no block of images
  [32, [4, 4], 16, 16, 3, 1, "same"], // two blocks of images
  [16, [4, 5], 32, 16, 3, 1, 3], // more padding than the filter reaches
  [16, [5, 6], 16, 16, 1, 1, "same"],
  [16, [4, 60], 1, 64, 3, 1, "same"], // more rows of the gradient than the cache holds
  [16, [3, 450], 1, 32, 3, 1, "same"], // the first row of the gradient alone sees nothing but padding
  [16, [5, 6], 16, 3, 3, 1, "valid"], // few outputs
  [16, [4, 5], 32, 2, 3, 1, 3], // and more padding than the filter reaches
  [16, [4, 5], 16, 4, 2, 1, "same"],
  [64, [2, 2], 16, 16, 3, 1, "same"], // few pixels: two parts of the batch
];

testCases(
  "Conv2D in blocks",
  LAYERS.map(([batch, size, channels, outputs, filter, stride, pad]): Case => ({
    name:
      `${batch} of ${size}, ${channels} to ${outputs}, filter ${filter}, stride ${stride}, ${pad}`,
    inputs: [
      { shape: [batch, ...size, channels] },
      { shape: [filter, filter, channels, outputs] },
    ],
    fn: (x, f) => tf.conv2d(images(x), images(f), stride, pad),
    terms: batch * size[0] * size[1] + filter ** 2 * channels,
  })),
);
testCases("Conv2D in blocks", [
  {
    name: "dilated",
    inputs: [{ shape: [2, 7, 7, 16] }, { shape: [3, 3, 16, 16] }],
    fn: (x, f) => tf.conv2d(images(x), images(f), 1, "valid", "NHWC", 2),
    terms: 9 * 16 + 2 * 49,
  },
  {
    name: "other strides down than across, uneven padding",
    inputs: [{ shape: [16, 7, 9, 16] }, { shape: [2, 5, 16, 16] }],
    fn: (x, f) => tf.conv2d(images(x), images(f), [3, 2], "same"),
    terms: 16 * 63,
  },
  ...[16, 32].map((channels): Case => ({
    name: `one after the other, with biases of ${channels}`,
    inputs: [
      { shape: [2, 4, 5, 16] },
      { shape: [3, 3, 16, channels] },
      { shape: [channels] },
      { shape: [3, 3, channels, 16] },
      { shape: [16] },
    ],
    fn: (x, f, a, g, b) => {
      const first = tf.conv2d(images(x), images(f), 1, "same").add(a!);
      return tf.conv2d(images(first), images(g), 1, "same").add(b!);
    },
    terms: 9 * 16 * 9 * channels,
  })),
  ...[16, 32].map((channels): Case => ({
    name: `rectified, with biases of ${channels}`,
    inputs: [
      { shape: [2, 4, 5, 16] },
      { shape: [3, 3, 16, channels] },
      { shape: [channels] },
      { shape: [3, 3, channels, 16] },
    ],
    fn: (x, f, a, g) => {
      const first = tf.relu(tf.conv2d(images(x), images(f), 1, "same").add(a!));
      return tf.conv2d(images(first), images(g), 1, "same");
    },
    terms: 9 * 16 * 9 * channels,
  })),
  {
    name: "rectified, where others use what is not",
    inputs: [
      { shape: [2, 4, 5, 16] },
      { shape: [3, 3, 16, 32] },
      { shape: [32] },
    ],
    fn: (x, f, bias) => {
      const sum = tf.conv2d(images(x), images(f), 1, "same").add(bias!);
      return tf.relu(sum).mul(sum);
    },
    terms: (9 * 16) ** 2,
  },
  {
    name: "with a sum that others use beside its bias",
    inputs: [
      { shape: [2, 4, 5, 16] },
      { shape: [3, 3, 16, 32] },
      { shape: [32] },
    ],
    fn: (x, f, bias) => {
      const plain = tf.conv2d(images(x), images(f), 1, "same");
      return plain.mul(plain.add(bias!));
    },
    terms: (9 * 16) ** 2,
  },
  {
    name: "with a number for each pixel, which is no bias",
    inputs: [
      { shape: [2, 4, 5, 16] },
      { shape: [3, 3, 16, 16] },
      { shape: [2, 4, 5, 1] },
    ],
    fn: (x, f, each) => tf.conv2d(images(x), images(f), 1, "same").add(each!),
    terms: 9 * 16,
  },
]);
testCases(
  "Transposed convolution in blocks",
  ([[1, "same"], [2, "same"], [2, "valid"], [3, "same"]] as const).map(
    ([stride, pad]): Case => {
      const side = pad === "same" ? 4 * stride : (4 - 1) * stride + 4;
      return {
        name: `stride ${stride}, ${pad}`,
        inputs: [{ shape: [16, 4, 4, 32] }, { shape: [4, 4, 16, 32] }],
        fn: (x, f) =>
          tf.conv2dTranspose(
            images(x),
            images(f),
            [16, side, side, 16],
            stride,
            pad,
          ),
        terms: 16 * 32 + 16 * side ** 2,
      };
    },
  ),
);
testCases(
  "Conv3D in blocks",
  [{
    name: "sixteen channels",
    inputs: [{ shape: [2, 3, 4, 4, 16] }, { shape: [2, 3, 3, 16, 16] }],
    fn: (x, f) => tf.conv3d(x as tf.Tensor5D, f as tf.Tensor5D, 1, "same"),
    terms: 2 * 9 * 16 + 2 * 48,
  }],
);
testCases(
  "AvgPool in blocks",
  ([
    [[4, 6], 16, 2, 2],
    [[4, 6], 32, 2, 2],
    [[5, 7], 48, 3, 1],
    [[5, 7], 16, 2, 3], // pixels between the windows, and after the last
  ] as const).map(([size, channels, filter, stride]): Case => ({
    name: `${size} of ${channels} channels, filter ${filter}, stride ${stride}`,
    inputs: [{ shape: [2, ...size, channels] }],
    fn: (x) => tf.avgPool(images(x), filter, stride, "valid"),
    terms: filter ** 2,
  })),
);
