import type { ElementType } from "../graph/value.ts";

/** Lays numbers out as the bytes of a tensor in an ONNX file, little-endian. */
export function tensorBytes(
  numbers: ArrayLike<number>,
  dtype: ElementType,
): Uint8Array {
  const array = toArray(numbers, dtype);
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function toArray(
  numbers: ArrayLike<number>,
  dtype: ElementType,
): ArrayBufferView {
  switch (dtype) {
    case "float32":
      if (numbers instanceof Float32Array) return numbers;
      return Float32Array.from(numbers);
    case "int32":
      if (numbers instanceof Int32Array) return numbers;
      return Int32Array.from(numbers);
    case "float64":
      return Float64Array.from(numbers);
    case "int64":
      return BigInt64Array.from(Array.from(numbers, BigInt));
    default:
      if (numbers instanceof Uint8Array) return numbers;
      return Uint8Array.from(numbers);
  }
}
