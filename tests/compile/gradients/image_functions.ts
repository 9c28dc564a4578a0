/**
 * The operations on images and volumes of `tests/golden/gradients.py`, by the same names.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

type Fn = (...inputs: tf.Tensor[]) => tf.Tensor;
type Image = tf.Tensor4D;
type Volume = tf.Tensor5D;

/** A convolution with a filter, by its strides, its padding and what it dilates. */
function conv2d(
  strides: number | [number, number],
  pad: Parameters<typeof tf.conv2d>[3],
  dilations: number | [number, number] = 1,
  format: "NHWC" | "NCHW" = "NHWC",
): Fn {
  return (x, w) =>
    tf.conv2d(x as Image, w as Image, strides, pad, format, dilations);
}

function depthwise(
  strides: number,
  pad: "same" | "valid",
  dilations: number = 1,
): Fn {
  return (x, w) =>
    tf.depthwiseConv2d(
      x as Image,
      w as Image,
      strides,
      pad,
      "NHWC",
      dilations,
    );
}

function conv3d(
  strides: number,
  pad: "same" | "valid",
  dilations: number = 1,
): Fn {
  return (x, w) =>
    tf.conv3d(x as Volume, w as Volume, strides, pad, "NDHWC", dilations);
}

function maxPool(
  size: number,
  strides: number,
  pad: "same" | "valid" | number,
  rounding?: "ceil",
): Fn {
  return (x) => tf.maxPool(x as Image, size, strides, pad, rounding);
}

function avgPool(
  size: number,
  strides: number,
  pad: "same" | "valid" | number,
  rounding?: "ceil",
): Fn {
  return (x) =>
    tf.avgPool(tf.square(x!) as Image, size, strides, pad, rounding);
}

function bilinear(size: [number, number], ...how: boolean[]): Fn {
  return (x) => tf.image.resizeBilinear(x as Image, size, ...how);
}

function nearest(size: [number, number], ...how: boolean[]): Fn {
  return (x) => tf.image.resizeNearestNeighbor(x as Image, size, ...how);
}

/** All of them. */
export const IMAGE_FUNCTIONS: Readonly<Record<string, Fn>> = {
  spaceToBatchND: (x) =>
    tf.spaceToBatchND(tf.square(x!), [2, 2], [[0, 1], [1, 0]]),
  batchToSpaceND: (x) =>
    tf.batchToSpaceND(tf.square(x!), [2, 2], [[1, 0], [0, 0]]),
  depthToSpace: (x) => tf.depthToSpace(tf.square(x!) as Image, 2),
  "conv2d same": conv2d(1, "same"),
  "conv2d valid": conv2d(1, "valid"),
  "conv2d of stride 2": conv2d(2, "same"),
  "conv2d of strides 2 and 1": conv2d([2, 1], [[0, 0], [1, 1], [1, 1], [0, 0]]),
  "conv2d padded by 2": conv2d(1, [[0, 0], [2, 2], [2, 2], [0, 0]]),
  "conv2d dilated": conv2d(1, "same", 2),
  "conv2d dilated unevenly": conv2d(1, "valid", [2, 1]),
  "conv2d NCHW": conv2d(1, "same", 1, "NCHW"),
  "conv2d with a bias, dilated": (x, filter, bias) =>
    tf.fused.conv2d({
      x: x as Image,
      filter: filter as Image,
      strides: 1,
      pad: "same",
      dilations: 2,
      bias: bias!,
    }),
  "conv2d with an activation": (x, filter, bias) => {
    const layer = tf.fused.conv2d({
      x: x as Image,
      filter: filter as Image,
      strides: 1,
      pad: "valid",
      bias: bias!,
    });
    return tf.tanh(layer);
  },
  conv1d: (x, w) => tf.conv1d(x as tf.Tensor3D, w as tf.Tensor3D, 1, "same"),
  conv2dTranspose: (x, w) =>
    tf.conv2dTranspose(x as Image, w as Image, [1, 6, 6, 2], 2, "same"),
  depthwiseConv2d: depthwise(1, "same"),
  "depthwiseConv2d of stride 2": depthwise(2, "same"),
  "depthwiseConv2d dilated": depthwise(1, "same", 2),
  "depthwiseConv2d with a bias": (x, filter, bias) =>
    tf.fused.depthwiseConv2d({
      x: x as Image,
      filter: filter as Image,
      strides: 1,
      pad: "valid",
      bias: bias!,
    }),
  separableConv2d: (x, w, points) =>
    tf.separableConv2d(x as Image, w as Image, points as Image, 1, "same"),
  conv3d: conv3d(1, "valid"),
  "conv3d of stride 2": conv3d(2, "same"),
  "conv3d dilated": conv3d(1, "same", 2),
  conv3dTranspose: (x, w) =>
    tf.conv3dTranspose(x as Volume, w as Volume, [1, 4, 4, 2, 2], 2, "valid"),
  maxPool: maxPool(2, 2, "valid"),
  "maxPool, overlapping": maxPool(3, 1, "same"),
  "maxPool of equals": maxPool(2, 2, "valid"),
  "maxPool of equals, overlapping": maxPool(3, 1, "same"),
  "maxPool rounded up": maxPool(2, 2, 0, "ceil"),
  "maxPool with positions": (x) =>
    tf.maxPoolWithArgmax(x as Image, 2, 2, "valid").result!, // it always has one
  "maxPool dilated": (x) => tf.pool(x as Image, 2, "max", "valid", 2),
  avgPool: avgPool(2, 2, "valid"),
  "avgPool same": avgPool(3, 2, "same"),
  "avgPool, overlapping": avgPool(3, 1, "same"),
  "avgPool rounded up": avgPool(2, 2, 0, "ceil"),
  maxPool3d: (x) =>
    tf.maxPool3d(tf.square(x!) as Volume, 2, [2, 1, 1], "valid"),
  "maxPool3d same": (x) => tf.maxPool3d(x as Volume, 3, 2, "same"),
  avgPool3d: (x) =>
    tf.avgPool3d(tf.square(x!) as Volume, 2, [2, 1, 1], "valid"),
  "avgPool3d same": (x) => tf.avgPool3d(tf.square(x!) as Volume, 3, 2, "same"),
  resizeBilinear: bilinear([7, 5], true),
  "resizeBilinear of half pixels": bilinear([7, 5], false, true),
  "resizeBilinear smaller": bilinear([2, 3], true),
  resizeNearestNeighbor: nearest([7, 5]),
  "resizeNearestNeighbor of half pixels": nearest([7, 5], false, true),
  upSampling2d: (x) => tf.layers.upSampling2d({}).apply(x!) as tf.Tensor, // one input, one output
  localResponseNormalization: (x) =>
    tf.localResponseNormalization(x as Image, 1, 1, 0.5, 0.75),
  dilation2d: (x, w) => tf.dilation2d(x as Image, w as tf.Tensor3D, 1, "valid"),
  batchNorm: (x, mean, variance, scale, offset) =>
    batchNorm(x!, mean!, variance!, offset!, scale),
  "batchNorm without scale": (x, mean, variance, offset) =>
    batchNorm(x!, mean!, variance!, offset!),
  "batchNorm of images": (x, mean, variance, scale, offset) =>
    batchNorm(x!, mean!, variance!, offset!, scale),
};

function batchNorm(
  x: tf.Tensor,
  mean: tf.Tensor,
  variance: tf.Tensor,
  offset: tf.Tensor,
  scale?: tf.Tensor,
): tf.Tensor {
  return tf.batchNorm(
    x,
    mean as tf.Tensor1D, // vectors
    variance as tf.Tensor1D,
    offset as tf.Tensor1D,
    scale as tf.Tensor1D | undefined,
    1e-3,
  );
}
