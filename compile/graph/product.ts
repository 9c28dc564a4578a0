import { splitFactor } from "./arithmetic.ts";
import type { Graph } from "./graph.ts";
import { reshape, transpose, transposeMatrix } from "./layout.ts";
import { producer, type Value } from "./value.ts";

/** A factor of a matrix product, which may have to be transposed first. */
export interface Factor {
  readonly matrix: Value;
  readonly isTransposed: boolean;
}

/**
 * The product of two matrices.
 *
 * @param left [m, k] once transposed as asked.
 * @param right [k, n] once transposed as asked.
 * @returns [m, n]
 */
export function matrixProduct(
  graph: Graph,
  left: Factor,
  right: Factor,
): Value {
  if (left.matrix.dtype !== "float32") {
    return integerProduct(graph, left, right);
  }
  const a = unscaledFactor(graph, untransposed(left));
  const b = unscaledFactor(graph, untransposed(right));
  const rows = a.matrix.shape[a.isTransposed ? 1 : 0]!; // matrices
  const columns = b.matrix.shape[b.isTransposed ? 0 : 1]!;
  const depth = a.matrix.shape[a.isTransposed ? 0 : 1]!;
  if (depth === 0) return graph.splat(0, [rows, columns]);
  const alpha = { float: Math.fround(a.scale * b.scale) };
  const transA = Number(a.isTransposed);
  const transB = Number(b.isTransposed);
  const factors = [a.matrix, b.matrix] as const;
  const attributes = { transA, transB, alpha };
  return graph.apply("Gemm", factors, [rows, columns], attributes);
}

/** ONNX Runtime has no Gemm of integers. */
function integerProduct(graph: Graph, left: Factor, right: Factor): Value {
  const [a, b] = [left, right].map(({ matrix, isTransposed }) => {
    return isTransposed ? transposeMatrix(graph, matrix) : matrix;
  });
  const shape = [a!.shape[0]!, b!.shape[1]!]; // matrices
  if (a!.shape[1] === 0) return graph.splat(0, shape, a!.dtype);
  return graph.apply("MatMul", [a!, b!], shape);
}

function untransposed(factor: Factor): Factor {
  const transposition = producer(factor.matrix, "Transpose");
  if (!transposition) return factor;
  return {
    matrix: transposition.inputs[0]!, // its only input
    isTransposed: !factor.isTransposed,
  };
}

/**
 * Tells whether a product may multiply by a number after its sums instead of before: a sum should neither overflow for
 * it, nor meet a 0 or what is not finite.
 */
export function isModerate(scale: number): boolean {
  return Math.abs(scale) >= 2 ** -30 && Math.abs(scale) <= 2 ** 30;
}

function unscaledFactor(
  graph: Graph,
  factor: Factor,
): Factor & { readonly scale: number } {
  const { value, scale } = unscaled(graph, factor.matrix);
  return { ...factor, matrix: value, scale };
}

/**
 * Takes a known number out of a factor, in whatever shape or order its numbers are: the product multiplies by it on
 * the way.
 *
 * @returns `value` times `scale` is `x`.
 */
export function unscaled(
  graph: Graph,
  x: Value,
): { readonly value: Value; readonly scale: number } {
  const scaled = splitFactor(x);
  if (scaled?.by.kind === "splat" && isModerate(scaled.by.value)) {
    const value = reshape(graph, scaled.of, x.shape);
    return { value, scale: scaled.by.value };
  }
  const moved = producer(x, "Reshape") ?? producer(x, "Transpose");
  if (!moved) return { value: x, scale: 1 };
  const { value, scale } = unscaled(graph, moved.inputs[0]!); // what is moved
  if (scale === 1) return { value: x, scale };
  const order = moved.attributes["perm"] as readonly number[] | undefined; // of a Transpose
  return {
    value: order
      ? transpose(graph, value, order)
      : reshape(graph, value, x.shape),
    scale,
  };
}
