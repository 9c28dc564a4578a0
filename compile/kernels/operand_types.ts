/**
 * Which types of numbers a kernel of TensorFlow.js takes, on every device alike.
 * @module
 */
import { CompileError } from "../compile_error.ts";
import type { DType } from "../dtype.ts";

/** A type for each operand of a kernel, by name. */
export type OperandTypes = Readonly<Record<string, DType>>;

/** What a kernel makes of the types it is called with. */
type Policy = (kernel: string, types: OperandTypes) => OperandTypes;

/** Numbers of all types are moved, compared with themselves, or counted as they are. */
const unchanged: Policy = (_kernel, types) => types;

/** Results have fractions: integers and bools are taken as float32. */
const fractions: Policy = (_kernel, types) => mapTypes(types, () => "float32");

/** Operands take the type that holds all of them: bool, else int32, else float32. */
const common: Policy = (_kernel, types) => {
  const widest = upcast(Object.values(types));
  return mapTypes(types, () => widest);
};

/** Operands take one type, as by `common`, and bools count as 0 and 1. */
const counts: Policy = (kernel, types) => {
  return mapTypes(common(kernel, types), (dtype) => {
    return dtype === "bool" ? "int32" : dtype;
  });
};

/** Operands take one type, as by `common`, but bool: the operation has no meaning for it. */
const noBools: Policy = (kernel, types) => {
  const found = common(kernel, types);
  if (!Object.values(found).includes("bool")) return found;
  throw new CompileError(
    `Cannot compile ${kernel} of bools: cast them to int32 or float32, or use tf.logicalAnd(), tf.logicalOr() or tf.logicalXor()`,
  );
};

/** Only float32. */
const floatsOnly: Policy = (kernel, types) => {
  for (const dtype of Object.values(types)) {
    if (dtype === "float32") continue;
    throw new CompileError(
      `Cannot compile ${kernel} of ${dtype}: cast it to float32`,
    );
  }
  return types;
};

/** Some operands follow a policy, and the others stay as they are. */
function only(names: readonly string[], policy: Policy): Policy {
  return (kernel, types) => {
    const chosen = Object.fromEntries(
      Object.entries(types).filter(([name]) => names.includes(name)),
    );
    return { ...types, ...policy(kernel, chosen) };
  };
}

/** Quotients of integers are integers; those of bools have fractions. */
const quotients: Policy = (kernel, types) => {
  const found = common(kernel, types);
  return Object.values(found).includes("bool")
    ? fractions(kernel, found)
    : found;
};

const POLICIES: ReadonlyMap<string, Policy> = new Map([
  ...each(unchanged, [
    ...[
      "Abs",
      "All",
      "Any",
      "BroadcastTo",
      "Cast",
      "Ceil",
      "ClipByValue",
      "Diag",
      "FlipLeftRight",
    ],
    ...["ExpandDims", "Floor", "GatherNd", "GatherV2", "Identity", "IsFinite"],
    ...["IsInf", "IsNan", "LogicalAnd", "LogicalNot", "LogicalOr"],
    ...["LogicalXor", "Max", "MaxPool", "Min", "MirrorPad", "OneHot"],
    ...["OnesLike", "PadV2", "Relu", "Relu6", "Reshape", "Reverse", "Round"],
    ...["ScatterNd", "Sign", "Slice", "SplitV", "Square", "Step"],
    ...["StridedSlice", "Tile", "TopK", "Transpose", "Unpack", "ZerosLike"],
  ]),
  ...each(unchanged, ["BatchToSpaceND", "DepthToSpace", "SpaceToBatchND"]),
  ...each(unchanged, ["ResizeNearestNeighbor"]),
  ...each(fractions, ["LRN", "ResizeBilinear"]),
  ...each(fractions, [
    ...["Acos", "Acosh", "Asin", "Asinh", "Atan", "Atan2", "Atanh", "Cos"],
    ...["Cosh", "Elu", "EluGrad", "Erf", "Exp", "Expm1", "FusedBatchNorm"],
    ...["LeakyRelu", "Log", "Log1p", "LogSoftmax", "Mean", "Prelu"],
    ...["Reciprocal", "Rsqrt", "Selu", "Sigmoid", "Sin", "Sinh", "Softmax"],
    ...["Softplus", "Sqrt", "Tan", "Tanh"],
  ]),
  ...each(common, [
    ...["Concat", "Equal", "Greater", "GreaterEqual", "Less", "LessEqual"],
    ...["Maximum", "Minimum", "Multiply", "NotEqual", "Pack"],
  ]),
  ...each(counts, ["MaxPoolWithArgmax", "SearchSorted"]),
  ...each(only(["weights"], counts), ["Bincount", "DenseBincount"]),
  ...each(counts, [
    ...["ArgMax", "ArgMin", "BatchMatMul", "Cumprod", "Cumsum", "Einsum"],
    ...["FloorDiv", "Prod", "Sum"],
  ]),
  ...each(noBools, ["Add", "AddN", "Mod", "Neg", "Pow", "Sub"]),
  ...each(noBools, ["SquaredDifference"]),
  ...each(quotients, ["RealDiv"]),
  ...each(floatsOnly, [
    ...["AvgPool3D", "AvgPool3DGrad", "Conv3D", "Conv3DBackpropFilterV2"],
    ...["Conv3DBackpropInputV2", "MaxPool3D", "MaxPool3DGrad"],
  ]),
  ...each(floatsOnly, [
    ...["AvgPool", "AvgPoolGrad", "Conv2D", "Conv2DBackpropFilter"],
    ...["Conv2DBackpropInput", "DepthwiseConv2dNative"],
    ...["DepthwiseConv2dNativeBackpropFilter"],
    ...["DepthwiseConv2dNativeBackpropInput", "FusedConv2D"],
    ...["FusedDepthwiseConv2D", "MaxPoolGrad", "_FusedMatMul"],
  ]),
  ["Select", only(["t", "e"], common)],
  ["TensorScatterUpdate", only(["tensor", "updates"], common)],
  ["SparseToDense", only(["sparseValues", "defaultValue"], common)],
  ["UnsortedSegmentSum", only(["x"], counts)],
]);

/** The kernels that are known here. */
export const KNOWN_KERNELS: readonly string[] = [...POLICIES.keys()];

/**
 * Finds the types that the operands of a kernel are cast to before it computes.
 *
 * @param types Those it is called with; a kernel that is not known keeps them.
 * @throws {CompileError} If the kernel has no meaning for them.
 */
export function operandTypes(
  kernel: string,
  types: OperandTypes,
): OperandTypes {
  return POLICIES.get(kernel)?.(kernel, types) ?? types;
}

function each(
  policy: Policy,
  kernels: readonly string[],
): readonly (readonly [string, Policy])[] {
  return kernels.map((kernel) => [kernel, policy] as const);
}

function mapTypes(
  types: OperandTypes,
  change: (dtype: DType) => DType,
): OperandTypes {
  return Object.fromEntries(
    Object.entries(types).map(([name, dtype]) => [name, change(dtype)]),
  );
}

function upcast(types: readonly DType[]): DType {
  if (types.includes("float32")) return "float32";
  return types.includes("int32") ? "int32" : "bool";
}
