import type { ElementType } from "../graph/value.ts";

/** Lays numbers out as the bytes of a tensor in an ONNX file, little-endian. */
export function tensorBytes(
  numbers: ArrayLike<number>,
  dtype: ElementType,
): Uint8Array {
  const array = toArray(numbers, dtype);
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** Sees the bytes of a tensor as numbers, where the type has an array of its own. */
export function tensorNumbers(
  { bytes, dtype }: { readonly bytes: Uint8Array; readonly dtype: ElementType },
): Float32Array | Int32Array | Uint8Array {
  const { buffer, byteOffset, length } = bytes; // of `tensorBytes()`
  if (dtype === "float32") {
    return new Float32Array(buffer, byteOffset, length / 4);
  }
  if (dtype === "int32") return new Int32Array(buffer, byteOffset, length / 4);
  return bytes;
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
