import * as tf from "@tensorflow/tfjs";
import { type Case, testCases } from "../agreement.ts";

type Pad = "same" | "valid" | number;

/** Size of the images, filter, stride, padding. */
const SLIDINGS: readonly (readonly [[number, number], number, number, Pad])[] =
  [
    [[5, 6], 3, 1, "same"],
    [[5, 6], 3, 1, "valid"],
    [[7, 6], 3, 2, "same"],
    [[7, 6], 3, 2, "valid"],
    [[8, 8], 4, 2, "same"],
    [[5, 5], 2, 3, "same"],
    [[4, 4], 1, 1, "same"],
    [[5, 5], 1, 2, "valid"],
    [[5, 6], 3, 2, 1],
    [[8, 8], 4, 2, "valid"],
    [[9, 9], 4, 2, "valid"], // the last column is in no window
  ];

const images = (x?: tf.Tensor): tf.Tensor4D => x as tf.Tensor4D;

/** Few channels, whose numbers are picked one by one, and so many that pixels are. */
const convolutions: readonly Case[] = [3, 9].flatMap((channels) =>
  SLIDINGS.map(([size, filter, stride, pad]) => ({
    name:
      `${size} by ${filter}, stride ${stride}, ${pad}, ${channels} channels`,
    inputs: [
      { shape: [2, ...size, channels] },
      { shape: [filter, filter, channels, 4] },
    ],
    fn: (x, f) => tf.conv2d(images(x), images(f), stride, pad),
    terms: 2 * 64 * 4,
  } satisfies Case))
);

testCases("Conv2D", convolutions);
testCases("Conv2D", [
  ...[2, 9].map((channels): Case => ({
    name: `dilated, ${channels} channels`,
    inputs: [
      { shape: [1, 7, 7, channels] },
      { shape: [3, 3, channels, 2] },
    ],
    fn: (x, f) => tf.conv2d(images(x), images(f), 1, "valid", "NHWC", 2),
    terms: 9 * channels,
    gradients: "without",
  })),
  {
    name: "six channels to four",
    inputs: [{ shape: [2, 5, 5, 6] }, { shape: [3, 3, 6, 4] }],
    fn: (x, f) => tf.conv2d(images(x), images(f), 1, "same"),
    terms: 100,
  },
  {
    name: "more numbers in all windows than are picked one by one",
    inputs: [{ shape: [1, 90, 90, 1] }, { shape: [3, 3, 1, 2] }],
    fn: (x, f) => tf.conv2d(images(x), images(f), 1, "same"),
    terms: 90 * 90,
  },
  ...[3, 9].map((channels): Case => ({
    name: `other strides down than across, ${channels} channels`,
    inputs: [{ shape: [2, 7, 9, channels] }, { shape: [2, 5, channels, 3] }],
    fn: (x, f) => tf.conv2d(images(x), images(f), [3, 2], "same"),
    terms: 10 * channels,
  })),
]);
testCases("FusedConv2D", [
  {
    name: "with bias and relu",
    inputs: [{ shape: [2, 4, 4, 2] }, { shape: [3, 3, 2, 3] }, { shape: [3] }],
    fn: (x, f, bias) =>
      tf.fused.conv2d({
        x: images(x),
        filter: images(f),
        strides: 1,
        pad: "same",
        bias: bias!,
        activation: "relu",
      }),
    terms: 19,
    gradients: "without",
  },
]);
testCases(
  "DepthwiseConv2dNative",
  SLIDINGS.map(([size, filter, stride, pad]) => ({
    name: `${size} by ${filter}, stride ${stride}, ${pad}`,
    inputs: [{ shape: [2, ...size, 3] }, { shape: [filter, filter, 3, 2] }],
    fn: (x?: tf.Tensor, f?: tf.Tensor) =>
      tf.depthwiseConv2d(images(x), images(f), stride, pad),
    terms: 2 * 64,
  })),
);
testCases(
  "Transposed convolution",
  ([
    [1, "same", 3],
    [2, "same", 3],
    [2, "same", 9],
    [2, "valid", 3],
    [3, "same", 3],
    [3, "same", 9],
  ] as const).map(
    ([stride, pad, channels]) => {
      const side = pad === "same" ? 4 * stride : (4 - 1) * stride + 3;
      return {
        name: `stride ${stride}, ${pad}, ${channels} channels`,
        inputs: [
          { shape: [2, 4, 4, channels] },
          { shape: [3, 3, 2, channels] },
        ],
        fn: (x?: tf.Tensor, f?: tf.Tensor) =>
          tf.conv2dTranspose(
            images(x),
            images(f),
            [2, side, side, 2],
            stride,
            pad,
          ),
        terms: 300,
      };
    },
  ),
);
testCases(
  "MaxPool",
  SLIDINGS.map(([size, filter, stride, pad]) => ({
    name: `${size} by ${filter}, stride ${stride}, ${pad}`,
    inputs: [{ shape: [2, ...size, 3] }],
    fn: (x?: tf.Tensor) => tf.maxPool(images(x), filter, stride, pad),
    terms: 9,
  })),
);
testCases("MaxPool", [
  {
    name: "of ties",
    inputs: [{
      shape: [1, 4, 4, 1],
      data: [1, 1, 2, 2, 1, 1, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0],
    }],
    fn: (x) => tf.maxPool(images(x), 2, 2, "valid"),
  },
]);
testCases(
  "AvgPool",
  SLIDINGS.filter(([, filter, , pad]) => filter > 1 && pad !== 1).map((
    [size, filter, stride, pad],
  ) => ({
    name: `${size} by ${filter}, stride ${stride}, ${pad}`,
    inputs: [{ shape: [2, ...size, 3] }],
    fn: (x?: tf.Tensor) => tf.avgPool(images(x), filter, stride, pad),
    terms: 16,
  })),
);
testCases("FusedBatchNorm", [
  {
    name: "with scale and offset",
    inputs: [
      { shape: [2, 3, 3, 4] },
      { shape: [4] },
      { shape: [4], from: 0.5, to: 2 },
      { shape: [4] },
      { shape: [4] },
    ],
    fn: (x, mean, variance, offset, scale) =>
      tf.batchNorm(
        images(x),
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        offset as tf.Tensor1D,
        scale as tf.Tensor1D,
      ),
    terms: 100,
  },
]);
