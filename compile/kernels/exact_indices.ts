/**
 * Rows of tensors, gathered and summed by index.
 * @module
 */
import { outsideError } from "../graph/index_check.ts";
import { elementCount } from "../graph/shape.ts";
import { make, type Numbers } from "./numbers.ts";

/** Picks by indices into the leading axes, in the last axis of `indices`. */
export function gather(params: Numbers, indices: Numbers): Numbers {
  const depth = indices.shape.at(-1) ?? 0;
  const size = elementCount(params.shape.slice(depth));
  const rows = rowNumbers("GatherNd", indices, params.shape);
  const values = make(params.dtype, rows.length * size);
  rows.forEach((row, i) => {
    for (let j = 0; j < size; j++) {
      values[i * size + j] = params.values[row * size + j]!; // checked
    }
  });
  const shape = [...indices.shape.slice(0, -1), ...params.shape.slice(depth)];
  return { values, shape, dtype: params.dtype };
}

/** Sums updates by indices into the leading axes of a shape; of bools, whether any is true. */
export function scatter(
  indices: Numbers,
  updates: Numbers,
  shape: readonly number[],
): Numbers {
  const size = elementCount(shape.slice(indices.shape.at(-1) ?? 0));
  const values = make(updates.dtype, elementCount(shape));
  rowNumbers("ScatterNd", indices, shape).forEach((row, i) => {
    for (let j = 0; j < size; j++) {
      const update = updates.values[i * size + j]!; // one for each index
      const sum = values[row * size + j]! + update; // checked
      values[row * size + j] = updates.dtype === "bool" ? Number(sum > 0) : sum;
    }
  });
  return { values, shape, dtype: updates.dtype };
}

/** A copy with some elements replaced, by indices into the leading axes. */
export function update(
  tensor: Numbers,
  indices: Numbers,
  updates: Numbers,
): Numbers {
  const { shape, dtype } = tensor;
  const size = elementCount(shape.slice(indices.shape.at(-1) ?? 0));
  const values = make(dtype, elementCount(shape));
  values.set(tensor.values);
  rowNumbers("TensorScatterUpdate", indices, shape).forEach((row, i) => {
    for (let j = 0; j < size; j++) {
      values[row * size + j] = updates.values[i * size + j]!; // one for each index
    }
  });
  return { values, shape, dtype };
}

/**
 * Row numbers of indices into the leading axes of a shape.
 *
 * @throws {RangeError} If an index lies outside its axis.
 */
function rowNumbers(
  kernel: string,
  { values, shape }: Numbers,
  of: readonly number[],
): readonly number[] {
  const depth = shape.at(-1) ?? 0;
  const rows = elementCount(shape.slice(0, -1));
  return Array.from({ length: rows }, (_, row) => {
    let number = 0;
    for (let axis = 0; axis < depth; axis++) {
      const [index, length] = [values[row * depth + axis]!, of[axis]!]; // one for each axis
      if (index < 0 || index >= length) {
        throw outsideError(kernel, { place: row, index, length });
      }
      number = number * length + index;
    }
    return number;
  });
}

/** Rows whose segment does not exist are left out. */
export function sumSegments(x: Numbers, ids: Numbers, count: number): Numbers {
  const inner = x.shape.slice(ids.shape.length);
  const size = elementCount(inner);
  const sums = new Float64Array(count * size);
  for (let row = 0; row < ids.values.length; row++) {
    const id = ids.values[row]!; // within it
    if (id < 0 || id >= count) continue;
    for (let j = 0; j < size; j++) {
      sums[id * size + j]! += x.values[row * size + j]!;
    }
  }
  const values = make(x.dtype, sums.length);
  values.set(sums);
  return { values, shape: [count, ...inner], dtype: x.dtype };
}
