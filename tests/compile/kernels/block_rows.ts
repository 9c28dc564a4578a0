/**
 * How each kernel of blocks, sizes, volumes and counts is called.
 * @module
 */
import {
  counted,
  float,
  floatsOnly,
  int,
  type Row,
  type RowOperand,
  rows,
  same,
} from "./row.ts";

const images: RowOperand = {
  shape: [1, 2, 2, 4],
  numbers: [2, -3, 0, 1, 3, -1, 2, 0, 1, 1, -2, 3, 0, 2, -1, 1],
};
const volume: RowOperand = {
  shape: [1, 2, 2, 2, 1],
  numbers: [2, -3, 0, 1, 3, -1, 2, 0],
};
const filter: RowOperand = { shape: [1, 2, 2, 1, 1], numbers: [1, 2, -1, 3] };
const pooled: RowOperand = { shape: [1, 1, 1, 1, 1], numbers: [3] };
const blocks = { blockShape: [2, 2] };
const noEdges = [[0, 0], [0, 0]];
const resized = { size: [4, 3], alignCorners: false, halfPixelCenters: true };
const sliding = {
  filterSize: [2, 2, 2],
  strides: [1, 1, 1],
  pad: "valid",
  dataFormat: "NDHWC",
};
const convolution = {
  strides: [1, 1, 1],
  pad: "valid",
  dataFormat: "NDHWC",
  dilations: [1, 1, 1],
};
const ids: RowOperand = { shape: [4], numbers: [2, 0, 2, 1], dtype: "int32" };
const weights: RowOperand = { shape: [4], numbers: [1, 2, -3, 1] };

/** A call of each. */
export const BLOCK_ROWS: Readonly<Record<string, Row>> = {
  DepthToSpace: {
    operands: { x: images },
    attributes: { blockSize: 2, dataFormat: "NHWC" },
    result: same,
  },
  SpaceToBatchND: {
    operands: { x: images },
    attributes: { ...blocks, paddings: noEdges },
    result: same,
  },
  BatchToSpaceND: {
    operands: {
      x: { shape: [4, 1, 2, 1], numbers: [2, -3, 0, 1, 3, -1, 2, 0] },
    },
    attributes: { ...blocks, crops: noEdges },
    result: same,
  },
  ResizeNearestNeighbor: {
    operands: { images },
    attributes: resized,
    result: same,
  },
  ResizeBilinear: { operands: { images }, attributes: resized, result: float },
  LRN: {
    operands: { x: images },
    attributes: { depthRadius: 1, bias: 1, alpha: 0.5, beta: 0.5 },
    result: float,
  },
  MaxPoolWithArgmax: {
    operands: { x: images },
    attributes: {
      filterSize: [2, 2],
      strides: [1, 1],
      pad: "valid",
      includeBatchInIndex: false,
    },
    result: counted,
  },
  ...rows(["Bincount", "DenseBincount"], {
    operands: { x: ids, weights },
    attributes: { size: 3, binaryOutput: false },
    result: counted,
  }),
  SearchSorted: {
    operands: {
      sortedSequence: { shape: [1, 4], numbers: [0, 1, 1, 1] },
      values: { shape: [1, 3], numbers: [1, 0, 2] },
    },
    attributes: { side: "left" },
    result: int,
  },
  TensorScatterUpdate: {
    operands: {
      tensor: { shape: [3, 2], numbers: [2, -3, 0, 1, 3, -1] },
      indices: { shape: [2, 1], numbers: [2, 0], dtype: "int32" },
      updates: { shape: [2, 2], numbers: [1, 0, -2, 3] },
    },
    attributes: {},
    result: same,
  },
  ...rows(["AvgPool3D", "MaxPool3D"], {
    operands: { x: volume },
    attributes: sliding,
    result: floatsOnly,
  }),
  MaxPool3DGrad: {
    operands: { dy: pooled, input: volume, output: pooled },
    attributes: sliding,
    result: floatsOnly,
  },
  AvgPool3DGrad: {
    operands: { dy: pooled, input: volume },
    attributes: sliding,
    result: floatsOnly,
  },
  Conv3D: {
    operands: { x: volume, filter },
    attributes: convolution,
    result: floatsOnly,
  },
  Conv3DBackpropInputV2: {
    operands: { dy: { shape: [1, 2, 1, 1, 1], numbers: [2, -3] }, filter },
    attributes: { ...convolution, inputShape: volume.shape as number[] },
    result: floatsOnly,
  },
  Conv3DBackpropFilterV2: {
    operands: { x: volume, dy: { shape: [1, 2, 1, 1, 1], numbers: [2, -3] } },
    attributes: { ...convolution, filterShape: filter.shape as number[] },
    result: floatsOnly,
  },
};
