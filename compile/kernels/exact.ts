/**
 * Kernels of TensorFlow.js's cpu backend that are not right for all numbers, computed anew.
 *
 * Its integers are computed in float64 and lose digits above 2^53, its casts to float32 keep the digits of integers, and
 * its indices into several axes may leave one axis and land in the next.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";
import { broadcastShapes, elementCount, positiveAxes } from "../graph/shape.ts";
import type { ArrayOf, DType } from "../dtype.ts";
import { einsum } from "./einsum.ts";

/** Numbers of a tensor. */
export interface Numbers {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Computes a kernel from the numbers of its operands. */
export type Exact = (
  operands: Readonly<Record<string, Numbers>>,
  attributes: tf.NamedAttrMap,
) => Numbers;

/**
 * Finds how a kernel is computed anew.
 *
 * @returns Nothing where the cpu backend is right for these types.
 */
export function exactKernel(
  kernel: string,
  types: readonly DType[],
): Exact | undefined {
  if (types.every((dtype) => dtype === "int32") && kernel in INTEGERS) {
    return INTEGERS[kernel];
  }
  return ALL[kernel];
}

type Operation = (a: number, b: number) => number;

/** Kernels of int32 alone. */
const INTEGERS: Readonly<Record<string, Exact>> = {
  Multiply: elementwise(Math.imul),
  Square: ({ x }) => map(x!, (a) => Math.imul(a, a)),
  SquaredDifference: elementwise((a, b) => Math.imul(a - b, a - b)),
  Pow: elementwise(power),
  RealDiv: elementwise(floorDivide),
  Mod: elementwise((a, b) => b === 0 ? 0 : a - b * Math.floor(a / b)),
  Prod: ({ x }, attributes) => product(x!, attributes),
  Cumprod: ({ x }, attributes) => cumulativeProduct(x!, attributes),
  BatchMatMul: ({ a, b }, attributes) => matrixProduct(a!, b!, attributes),
};

/** Kernels of all types. */
const ALL: Readonly<Record<string, Exact>> = {
  FloorDiv: (operands, attributes) => {
    return { ...elementwise(floorDivide, "int32")(operands, attributes) };
  },
  Mod: elementwise(remainder),
  Cast: ({ x }, { dtype }) => castTo(x!, dtype as unknown as DType), // of this kernel
  GatherNd: ({ params, indices }) => gather(params!, indices!),
  ScatterNd: ({ indices, updates }, { shape }) => {
    return scatter(indices!, updates!, shape as number[]); // of this kernel
  },
  UnsortedSegmentSum: ({ x, segmentIds }, { numSegments }) => {
    return sumSegments(x!, segmentIds!, numSegments as number); // of this kernel
  },
  Einsum: (operands, { equation }) => {
    return einsum(Object.values(operands), equation as string); // of this kernel
  },
};

/** floor(a / b) as int32; 0 where b is 0, and where int32 has no such number but 2^31, which wraps around. */
function floorDivide(a: number, b: number): number {
  const floor = Math.floor(a / b);
  return floor >= -(2 ** 31) && floor <= 2 ** 31 ? floor | 0 : 0;
}

/** As PyTorch's `remainder`, and Python's `%`: in float32 from the exact remainder on. */
function remainder(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

/** a^b of int32, which wraps around; a fraction is rounded toward 0. */
function power(a: number, b: number): number {
  if (b < 0) {
    return a === 1 || (a === -1 && b % 2 === 0) ? 1 : a === -1 ? -1 : 0;
  }
  let [result, square] = [1, a];
  for (let rest = b; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = Math.imul(result, square);
    square = Math.imul(square, square);
  }
  return result;
}

function elementwise(operation: Operation, dtype?: DType): Exact {
  return ({ a, b }) => {
    const shape = broadcastShapes(a!.shape, b!.shape); // a binary kernel
    const [left, right] = [places(a!.shape, shape), places(b!.shape, shape)];
    const type = dtype ?? a!.dtype;
    const values = make(type, elementCount(shape));
    for (let i = 0; i < values.length; i++) {
      values[i] = operation(a!.values[left(i)]!, b!.values[right(i)]!); // within both
    }
    return { values, shape, dtype: type };
  };
}

/** For each element of a shape, the place of the element that is broadcast to it. */
function places(
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

function map(
  { values, shape, dtype }: Numbers,
  operation: (a: number) => number,
): Numbers {
  const results = make(dtype, values.length);
  for (let i = 0; i < results.length; i++) results[i] = operation(values[i]!); // as many
  return { values: results, shape, dtype };
}

function product(x: Numbers, attributes: tf.NamedAttrMap): Numbers {
  const { axis, keepDims } = attributes as unknown as tf.ProdAttrs; // of this kernel
  const axes = positiveAxes(axis, x.shape.length);
  const kept = x.shape.map((length, i) => axes.includes(i) ? 1 : length);
  const shape = keepDims ? kept : x.shape.filter((_, i) => !axes.includes(i));
  const values = make(x.dtype, elementCount(kept)).fill(1);
  const place = places(kept, x.shape);
  for (let i = 0; i < x.values.length; i++) {
    const at = place(i);
    values[at] = Math.imul(values[at]!, x.values[i]!); // within both
  }
  return { values, shape, dtype: x.dtype };
}

function cumulativeProduct(x: Numbers, attributes: tf.NamedAttrMap): Numbers {
  const { axis, exclusive, reverse } = attributes as unknown as tf.CumprodAttrs; // of this kernel
  const [along = 0] = positiveAxes(axis, x.shape.length);
  const length = x.shape[along] ?? 1;
  const stride = elementCount(x.shape.slice(along + 1));
  const values = make(x.dtype, x.values.length);
  for (let first = 0; first < values.length; first++) {
    if (Math.floor(first / stride) % length !== 0) continue;
    let running = 1;
    for (let i = 0; i < length; i++) {
      const at = first + (reverse ? length - 1 - i : i) * stride;
      const next = Math.imul(running, x.values[at]!); // within it
      values[at] = exclusive ? running : next;
      running = next;
    }
  }
  return { values, shape: x.shape, dtype: x.dtype };
}

function matrixProduct(
  a: Numbers,
  b: Numbers,
  attributes: tf.NamedAttrMap,
): Numbers {
  const { transposeA, transposeB } =
    attributes as unknown as tf.BatchMatMulAttrs; // of this kernel
  const [m, k] = transposeA ? swapped(a) : a.shape.slice(-2);
  const [, n] = transposeB ? swapped(b) : b.shape.slice(-2);
  const leading = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const [left, right] = [a, b].map(({ shape }) => {
    return places(shape.slice(0, -2), leading);
  });
  const values = make(a.dtype, elementCount([...leading, m!, n!]));
  for (let i = 0; i < values.length; i++) {
    const [column, row] = [i % n!, Math.floor(i / n!) % m!]; // matrices
    const stack = Math.floor(i / (m! * n!));
    const [fromA, fromB] = [left!(stack) * m! * k!, right!(stack) * k! * n!];
    let sum = 0;
    for (let j = 0; j < k!; j++) {
      const inA = transposeA ? j * m! + row : row * k! + j;
      const inB = transposeB ? column * k! + j : j * n! + column;
      sum = sum + Math.imul(a.values[fromA + inA]!, b.values[fromB + inB]!) | 0;
    }
    values[i] = sum;
  }
  return { values, shape: [...leading, m!, n!], dtype: a.dtype };
}

function swapped({ shape }: Numbers): readonly number[] {
  return [shape.at(-1)!, shape.at(-2)!]; // a matrix at least
}

function castTo(x: Numbers, dtype: DType): Numbers {
  const values = make(dtype, x.values.length);
  for (let i = 0; i < values.length; i++) {
    const value = x.values[i]!; // as many
    values[i] = dtype === "bool" ? Number(value !== 0) : value;
  }
  return { values, shape: x.shape, dtype };
}

function gather(params: Numbers, indices: Numbers): Numbers {
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

function scatter(
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

/**
 * Row numbers of indices into the leading axes of a shape.
 *
 * @throws {CompileError} If an index lies outside its axis.
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
        throw new CompileError(
          `Expected indices of ${kernel} from 0 to ${
            length - 1
          } along axis ${axis} but found ${index}`,
        );
      }
      number = number * length + index;
    }
    return number;
  });
}

/** Rows whose segment does not exist are left out. */
function sumSegments(x: Numbers, ids: Numbers, count: number): Numbers {
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

/** Numbers in the type of a tensor. */
export function make(dtype: DType, length: number): ArrayOf<DType> {
  if (dtype === "float32") return new Float32Array(length);
  return dtype === "int32" ? new Int32Array(length) : new Uint8Array(length);
}
