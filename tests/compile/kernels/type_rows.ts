/**
 * How each kernel is called, and which type its result has for which types of operands.
 * @module
 */
import type { NamedAttrMap } from "@tensorflow/tfjs";
import type { DType } from "../../../compile/dtype.ts";

/** Numbers of an operand; bools are true where they are not 0. */
export interface RowOperand {
  readonly shape: readonly number[];
  readonly numbers: readonly number[];
  /** The only type that it may have; each one in turn unless given. */
  readonly dtype?: DType;
}

/** The type of a result for the types of the operands that have each in turn; nothing where they are refused. */
export type ResultType = (types: readonly DType[]) => DType | undefined;

/** A call of a kernel. */
export interface Row {
  readonly operands: Readonly<Record<string, RowOperand>>;
  readonly attributes: NamedAttrMap;
  readonly result: ResultType;
  /** Operands are handed over as a list. */
  readonly isList?: true;
}

const widest: ResultType = (types) => {
  if (types.includes("float32")) return "float32";
  return types.includes("int32") ? "int32" : "bool";
};
const same = widest; // of one operand
const float: ResultType = () => "float32";
const bool: ResultType = () => "bool";
const int: ResultType = () => "int32";
const counted: ResultType = (types) => {
  const found = widest(types);
  return found === "bool" ? "int32" : found;
};
const noBools: ResultType = (types) => {
  const found = widest(types);
  return found === "bool" ? undefined : found;
};
const floatsOnly: ResultType = (types) => {
  return types.every((dtype) => dtype === "float32") ? "float32" : undefined;
};

const x: RowOperand = { shape: [2, 3], numbers: [2, -3, 1, 0, 3, -1] };
const y: RowOperand = { shape: [2, 3], numbers: [1, 2, -2, 3, 1, -3] };
const flags: RowOperand = { ...x, dtype: "bool" };
const images: RowOperand = {
  shape: [1, 2, 2, 1],
  numbers: [2, -3, 0, 1],
};
const picture: RowOperand = { ...images, dtype: "float32" };

function one(
  result: ResultType,
  attributes: Row["attributes"] = {},
  name = "x",
): Row {
  return { operands: { [name]: x }, attributes, result };
}

function two(result: ResultType, attributes: Row["attributes"] = {}): Row {
  return { operands: { a: x, b: y }, attributes, result };
}

function rows(
  kernels: readonly string[],
  row: Row,
): Readonly<Record<string, Row>> {
  return Object.fromEntries(kernels.map((kernel) => [kernel, row]));
}

const along = { axis: [0], keepDims: false };
const reduced = { reductionIndices: [0], keepDims: false };
const running = { axis: 0, exclusive: false, reverse: false };
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

/** A call of every kernel that has a rule. */
export const ROWS: Readonly<Record<string, Row>> = {
  ...rows(
    [
      ...["Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Cos", "Cosh"],
      ...["Elu", "Erf", "Exp", "Expm1", "Log", "Log1p", "Reciprocal"],
      ...["Rsqrt", "Selu", "Sigmoid", "Sin", "Sinh", "Softplus", "Sqrt"],
      ...["Tan", "Tanh"],
    ],
    one(float),
  ),
  ...rows(
    [
      ...["Abs", "Ceil", "Floor", "Identity", "OnesLike", "Relu", "Relu6"],
      ...["Round", "Sign", "Square", "ZerosLike"],
    ],
    one(same),
  ),
  Neg: one(noBools),
  Step: one(same, { alpha: 0 }),
  LeakyRelu: one(float, { alpha: 0.25 }),
  ClipByValue: one(same, { clipValueMin: 0, clipValueMax: 1 }),
  ...rows(["IsFinite", "IsInf", "IsNan"], one(bool)),
  ...rows(["Add", "Mod", "Pow", "Sub", "SquaredDifference"], two(noBools)),
  ...rows(["Maximum", "Minimum", "Multiply"], two(widest)),
  FloorDiv: two(int),
  RealDiv: two((types) => widest(types) === "int32" ? "int32" : "float32"),
  Atan2: two(float),
  Prelu: { operands: { x, alpha: y }, attributes: {}, result: float },
  EluGrad: { operands: { dy: x, y }, attributes: {}, result: float },
  ...rows(
    ["Equal", "Greater", "GreaterEqual", "Less", "LessEqual", "NotEqual"],
    two(bool),
  ),
  ...rows(["LogicalAnd", "LogicalOr", "LogicalXor"], {
    operands: {
      a: flags,
      b: { ...y, numbers: [1, 0, 1, 0, 1, 0], dtype: "bool" },
    },
    attributes: {},
    result: bool,
  }),
  LogicalNot: { operands: { x: flags }, attributes: {}, result: bool },
  ...rows(["All", "Any"], {
    operands: { x: flags },
    attributes: along,
    result: bool,
  }),
  Select: {
    operands: { condition: flags, t: x, e: y },
    attributes: {},
    result: widest,
  },
  AddN: {
    operands: { 0: x, 1: y },
    attributes: {},
    result: noBools,
    isList: true,
  },
  Concat: {
    operands: { 0: x, 1: y },
    attributes: { axis: 0 },
    result: widest,
    isList: true,
  },
  Pack: {
    operands: { 0: x, 1: y },
    attributes: { axis: 1 },
    result: widest,
    isList: true,
  },
  Einsum: {
    operands: { 0: x, 1: y },
    attributes: { equation: "ij,kj->ik" },
    result: counted,
    isList: true,
  },
  ...rows(["Sum", "Prod"], one(counted, along)),
  Mean: one(float, along),
  Max: one(same, reduced),
  Min: one(same, along),
  ...rows(["ArgMax", "ArgMin"], one(int, { axis: 1 })),
  ...rows(["Cumsum", "Cumprod"], one(counted, running)),
  Softmax: one(float, { dim: -1 }, "logits"),
  LogSoftmax: one(float, { axis: -1 }, "logits"),
  TopK: one(same, { k: 2, sorted: true }),
  Cast: one(float, { dtype: "float32" }),
  Reshape: one(same, { shape: [3, 2] }),
  ExpandDims: one(same, { dim: 0 }, "input"),
  Transpose: one(same, { perm: [1, 0] }),
  BroadcastTo: one(same, { shape: [2, 2, 3], inputShape: [2, 3] }),
  Tile: one(same, { reps: [2, 1] }),
  Slice: one(same, { begin: [0, 1], size: [2, 2] }),
  StridedSlice: one(same, {
    begin: [0, 2],
    end: [2, 0],
    strides: [1, -1],
    beginMask: 0,
    endMask: 0,
    ellipsisMask: 0,
    newAxisMask: 0,
    shrinkAxisMask: 0,
  }),
  Reverse: one(same, { dims: [1] }),
  Unpack: one(same, { axis: 0 }, "value"),
  SplitV: one(same, { numOrSizeSplits: [1, 2], axis: 1 }),
  PadV2: one(same, { paddings: [[1, 0], [0, 1]], constantValue: 1 }),
  MirrorPad: one(same, { paddings: [[1, 0], [0, 1]], mode: "reflect" }),
  GatherV2: {
    operands: {
      x,
      indices: { shape: [3], numbers: [1, 0, 1], dtype: "int32" },
    },
    attributes: { axis: 0, batchDims: 0 },
    result: same,
  },
  GatherNd: {
    operands: {
      params: x,
      indices: { shape: [2, 2], numbers: [1, 2, 0, 1], dtype: "int32" },
    },
    attributes: {},
    result: same,
  },
  OneHot: {
    operands: { indices: { shape: [2], numbers: [1, 0], dtype: "int32" } },
    attributes: { depth: 3, onValue: 1, offValue: 0, dtype: "int32" },
    result: int,
  },
  UnsortedSegmentSum: {
    operands: {
      x,
      segmentIds: { shape: [2], numbers: [1, 1], dtype: "int32" },
    },
    attributes: { numSegments: 3 },
    result: counted,
  },
  ScatterNd: {
    operands: {
      indices: { shape: [2, 1], numbers: [2, 0], dtype: "int32" },
      updates: x,
    },
    attributes: { shape: [3, 3] },
    result: same,
  },
  BatchMatMul: {
    operands: { a: x, b: y },
    attributes: { transposeA: false, transposeB: true },
    result: counted,
  },
  _FusedMatMul: {
    operands: { a: x, b: y },
    attributes: { transposeA: false, transposeB: true, activation: "relu" },
    result: floatsOnly,
  },
  FusedBatchNorm: {
    operands: {
      x,
      mean: { shape: [3], numbers: [1, 2, 0] },
      variance: { shape: [3], numbers: [1, 4, 1], dtype: "float32" },
    },
    attributes: { varianceEpsilon: 0.5 },
    result: float,
  },
  MaxPool: { operands: { x: images }, attributes: sliding, result: same },
  AvgPool: { operands: { x: images }, attributes: sliding, result: floatsOnly },
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
