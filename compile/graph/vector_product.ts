import { multiply } from "./arithmetic.ts";
import type { Graph } from "./graph.ts";
import { reshape } from "./layout.ts";
import { type Factor, matrixProduct } from "./product.ts";
import { reduce } from "./reduction.ts";
import type { Value } from "./value.ts";

/** Longer vectors are multiplied number by number: ONNX Runtime's product of a matrix and one of 1e6 numbers is off by 2e-3. */
const LONG = { withVector: 800, withMatrix: 4096 } as const;

/**
 * The product of two matrices, where one of them may be a single long row or column.
 *
 * @param left [m, k] once transposed as asked.
 * @param right [k, n] once transposed as asked.
 * @returns [m, n]
 */
export function exactProduct(
  graph: Graph,
  left: Factor,
  right: Factor,
): Value {
  const [m, k] = lengths(left);
  const [, n] = lengths(right);
  const isVector = m === 1 && n === 1;
  const most = isVector ? LONG.withVector : LONG.withMatrix;
  const isLong = (m === 1 || n === 1) && k > most;
  if (!isLong || left.matrix.dtype !== "float32") {
    return matrixProduct(graph, left, right);
  }
  const [vector, other] = m === 1 ? [left, right] : [right, left];
  const isAlongRows = other === left !== other.isTransposed; // of k numbers
  const shape = isAlongRows ? [1, k] : [k, 1];
  const repeated = reshape(graph, vector.matrix, shape);
  const products = multiply(graph, other.matrix, repeated);
  const axes = isAlongRows ? [1] : [0];
  const sums = reduce(graph, "ReduceSum", products, axes, "drop");
  return reshape(graph, sums, [m, n]);
}

/** Lengths of the axes, once transposed as asked. */
function lengths({ matrix, isTransposed }: Factor): readonly [number, number] {
  const [rows, columns] = matrix.shape;
  return isTransposed ? [columns!, rows!] : [rows!, columns!]; // a matrix
}
