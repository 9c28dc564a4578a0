/**
 * Kernels of TensorFlow.js's cpu backend that are not right for all numbers, computed anew.
 *
 * Its integers are computed in float64 and lose digits above 2^53, its casts to float32 keep the digits of integers, and
 * its indices into several axes may leave one axis and land in the next.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { broadcastShapes, elementCount } from "../graph/shape.ts";
import type { DType } from "../dtype.ts";
import { einsum } from "./einsum.ts";
import { gather, scatter, sumSegments, update } from "./exact_indices.ts";
import {
  cumulativeProduct,
  cumulativeSum,
  matrixProduct,
  product,
} from "./exact_products.ts";
import { make, type Numbers, places } from "./numbers.ts";

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
  Abs: ({ x }) => map(x!, Math.abs), // tfjs has it in float32
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
  Erf: ({ x }) => map(x!, erf),
  Cumsum: ({ x }, attributes) => cumulativeSum(x!, attributes),
  Cast: ({ x }, { dtype }) => castTo(x!, dtype as unknown as DType), // of this kernel
  GatherNd: ({ params, indices }) => gather(params!, indices!),
  ScatterNd: ({ indices, updates }, { shape }) => {
    return scatter(indices!, updates!, shape as number[]); // of this kernel
  },
  TensorScatterUpdate: ({ tensor, indices, updates }) => {
    return update(tensor!, indices!, updates!); // that of the cpu backend writes into the tensor
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

/** The rest of a division, of the sign of the divisor, as PyTorch's `remainder` and Python's `%` have it. */
function remainder(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

/**
 * The error function by its Taylor series, 2 / sqrt(pi) times the sum of (-1)^n x^(2n + 1) / (n! (2n + 1)); the formula
 * of TensorFlow.js is off by up to 1.5e-7. From 4 on, float32 has no number between it and 1.
 */
function erf(x: number): number {
  if (!(Math.abs(x) < 4)) return Math.sign(x);
  let [sum, power] = [0, x];
  for (let n = 0; Math.abs(power) > 1e-12 * Math.abs(sum); n++) {
    sum += power / (2 * n + 1);
    power *= -x * x / (n + 1);
  }
  return 2 / Math.sqrt(Math.PI) * sum;
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

function map(
  { values, shape, dtype }: Numbers,
  operation: (a: number) => number,
): Numbers {
  const results = make(dtype, values.length);
  for (let i = 0; i < results.length; i++) results[i] = operation(values[i]!); // as many
  return { values: results, shape, dtype };
}

function castTo(x: Numbers, dtype: DType): Numbers {
  const values = make(dtype, x.values.length);
  for (let i = 0; i < values.length; i++) {
    const value = x.values[i]!; // as many
    values[i] = dtype === "bool" ? Number(value !== 0) : value;
  }
  return { values, shape: x.shape, dtype };
}
