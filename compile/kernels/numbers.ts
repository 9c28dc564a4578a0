/**
 * Numbers of tensors in memory.
 * @module
 */
import { elementCount } from "../graph/shape.ts";
import type { ArrayOf, DType } from "../dtype.ts";

/** Numbers of a tensor. */
export interface Numbers {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Numbers in the type of a tensor. */
export function make(dtype: DType, length: number): ArrayOf<DType> {
  if (dtype === "float32") return new Float32Array(length);
  return dtype === "int32" ? new Int32Array(length) : new Uint8Array(length);
}

/** For each element of a shape, the place of the element that is broadcast to it. */
export function places(
  from: readonly number[],
  to: readonly number[],
): (index: number) => number {
  if (elementCount(from) === elementCount(to)) return (index) => index;
  const lengths = [...to.slice(from.length).map(() => 1), ...from];
  return (index) => {
    let [place, stride, rest] = [0, 1, index];
    for (let axis = to.length - 1; axis >= 0; axis--) {
      const at = rest % to[axis]!; // both have the axis
      rest = Math.floor(rest / to[axis]!);
      if (lengths[axis] !== 1) place += at * stride;
      stride *= lengths[axis]!;
    }
    return place;
  };
}
