/**
 * How each kernel is called, and which type its result has for which types of operands.
 * @module
 */
import { BLOCK_ROWS } from "./block_rows.ts";
import { IMAGE_ROWS } from "./image_rows.ts";
import {
  bool,
  counted,
  float,
  floatsOnly,
  int,
  noBools,
  type ResultType,
  type Row,
  type RowOperand,
  rows,
  same,
  widest,
} from "./row.ts";

const x: RowOperand = { shape: [2, 3], numbers: [2, -3, 1, 0, 3, -1] };
const y: RowOperand = { shape: [2, 3], numbers: [1, 2, -2, 3, 1, -3] };
const flags: RowOperand = { ...x, dtype: "bool" };
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

const along = { axis: [0], keepDims: false };
const reduced = { reductionIndices: [0], keepDims: false };
const running = { axis: 0, exclusive: false, reverse: false };
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
  Diag: one(same),
  SparseToDense: {
    operands: {
      sparseIndices: { shape: [2], numbers: [3, 1], dtype: "int32" },
      sparseValues: { shape: [2], numbers: [2, -1] },
      defaultValue: { shape: [], numbers: [1] },
    },
    attributes: { outputShape: [5] },
    result: widest,
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
  ...IMAGE_ROWS,
  ...BLOCK_ROWS,
};
