/**
 * How each kernel of images is called.
 * @module
 */
import { floatsOnly, type Row, type RowOperand, rows, same } from "./row.ts";

const images: RowOperand = {
  shape: [1, 2, 2, 1],
  numbers: [2, -3, 0, 1],
};
const picture: RowOperand = { ...images, dtype: "float32" };

const sliding = {
  filterSize: [2, 2],
  strides: [1, 1],
  pad: "valid",
  dimRoundingMode: undefined as unknown as string,
};
const convolution = {
  strides: [1, 1],
  pad: "same",
  dataFormat: "NHWC",
  dilations: [1, 1],
};
const filter: RowOperand = { shape: [2, 2, 1, 1], numbers: [1, 2, -1, 3] };
const filterShape = [2, 2, 1, 1];
const inputShape = [1, 2, 2, 1];

/** A call of each. */
export const IMAGE_ROWS: Readonly<Record<string, Row>> = {
  MaxPool: { operands: { x: images }, attributes: sliding, result: same },
  AvgPool: { operands: { x: images }, attributes: sliding, result: floatsOnly },
  FlipLeftRight: { operands: { image: images }, attributes: {}, result: same },
  MaxPoolGrad: {
    operands: {
      dy: { shape: [1, 1, 1, 1], numbers: [2] },
      input: images,
      output: { shape: [1, 1, 1, 1], numbers: [2] },
    },
    attributes: sliding,
    result: floatsOnly,
  },
  AvgPoolGrad: {
    operands: { dy: { shape: [1, 1, 1, 1], numbers: [2] }, input: images },
    attributes: sliding,
    result: floatsOnly,
  },
  ...rows(["Conv2D", "DepthwiseConv2dNative", "FusedConv2D"], {
    operands: { x: images, filter },
    attributes: { ...convolution, activation: "relu" },
    result: floatsOnly,
  }),
  FusedDepthwiseConv2D: {
    operands: { x: images, filter },
    attributes: { ...convolution, activation: "relu" },
    result: floatsOnly,
  },
  ...rows(["Conv2DBackpropInput", "DepthwiseConv2dNativeBackpropInput"], {
    operands: { dy: images, filter },
    attributes: { ...convolution, inputShape },
    result: floatsOnly,
  }),
  ...rows(["Conv2DBackpropFilter", "DepthwiseConv2dNativeBackpropFilter"], {
    operands: { x: images, dy: picture },
    attributes: { ...convolution, filterShape },
    result: floatsOnly,
  }),
};
