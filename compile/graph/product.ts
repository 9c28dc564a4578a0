import { splitFactor } from "./arithmetic.ts";
import type { Graph } from "./graph.ts";
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
  const [a, b] = [unscaled(untransposed(left)), unscaled(untransposed(right))];
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

function untransposed(factor: Factor): Factor {
  const transposition = producer(factor.matrix, "Transpose");
  if (!transposition) return factor;
  return {
    matrix: transposition.inputs[0]!, // its only input
    isTransposed: !factor.isTransposed,
  };
}

/** The product multiplies by a known number on the way. */
function unscaled(factor: Factor): Factor & { readonly scale: number } {
  const scaled = splitFactor(factor.matrix);
  if (scaled?.by.kind !== "splat") return { ...factor, scale: 1 };
  return { ...factor, matrix: scaled.of, scale: scaled.by.value };
}
