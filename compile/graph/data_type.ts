import type { ElementType } from "./value.ts";

/** Numbers of the element types in an ONNX file (TensorProto.DataType). */
export const DATA_TYPES: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
};
