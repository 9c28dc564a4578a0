/**
 * Matrix products.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { parseEinsum } from "../einsum_equation.ts";
import { add } from "../graph/arithmetic.ts";
import type { Graph } from "../graph/graph.ts";
import { reshape, transposeMatrix } from "../graph/layout.ts";
import { type Factor, unscaled } from "../graph/product.ts";
import { broadcastShapes, elementCount, type Shape } from "../graph/shape.ts";
import type { Value } from "../graph/value.ts";
import { exactProduct } from "../graph/vector_product.ts";
import { activate } from "./activation.ts";
import { rule, type Rules } from "./rule.ts";

export const productRules: Rules = {
  BatchMatMul: [
    rule<tf.BatchMatMulInputs, tf.BatchMatMulAttrs>(
      (graph, inputs, attributes) =>
        batchProduct(graph, factorsOf(inputs, attributes), fusedProduct),
      ["cpu"],
    ),
    rule<tf.BatchMatMulInputs, tf.BatchMatMulAttrs>(
      (graph, inputs, attributes) =>
        batchProduct(graph, factorsOf(inputs, attributes), plainProduct),
      ["webgpu", "file"],
    ),
  ],
  _FusedMatMul: [
    rule<tf._FusedMatMulInputs, tf._FusedMatMulAttrs>(
      (graph, inputs, attributes) =>
        withBias(graph, inputs, attributes, fusedProduct),
      ["cpu"],
    ),
    rule<tf._FusedMatMulInputs, tf._FusedMatMulAttrs>(
      (graph, inputs, attributes) =>
        withBias(graph, inputs, attributes, plainProduct),
      ["webgpu", "file"],
    ),
  ],
  Einsum: rule<tf.EinsumInputs, tf.EinsumAttrs>(
    (graph, factors, { equation }) => {
      const values = [...factors];
      return einsum(graph, values, equation);
    },
  ),
};

type Factors = readonly [Factor, Factor];
type Product = (graph: Graph, factors: Factors, shape: Shape) => Value;

function factorsOf(
  { a, b }: { readonly a: Value; readonly b: Value },
  { transposeA, transposeB }: tf.BatchMatMulAttrs,
): Factors {
  return [
    { matrix: a, isTransposed: transposeA },
    { matrix: b, isTransposed: transposeB },
  ];
}

function withBias(
  graph: Graph,
  inputs: {
    readonly a: Value;
    readonly b: Value;
    readonly bias?: Value | undefined;
    readonly preluActivationWeights?: Value | undefined;
  },
  attributes: tf._FusedMatMulAttrs,
  product: Product,
): Value {
  const plain = batchProduct(graph, factorsOf(inputs, attributes), product);
  const sum = inputs.bias ? add(graph, plain, inputs.bias) : plain;
  return activate(graph, sum, attributes, inputs.preluActivationWeights);
}

/** Products of stacks of matrices: of two matrices wherever that is the same. */
function batchProduct(
  graph: Graph,
  [left, right]: Factors,
  product: Product,
): Value {
  const [a, b] = [left.matrix, right.matrix];
  const leading = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const rows = a.shape.at(left.isTransposed ? -1 : -2)!; // matrices at least
  const columns = b.shape.at(right.isTransposed ? -2 : -1)!;
  const shape = [...leading, rows, columns];
  if (elementCount(shape) === 0 || elementCount(a.shape) === 0) {
    return graph.splat(0, shape, a.dtype); // of sums without terms
  }
  if (elementCount(b.shape.slice(0, -2)) > 1) {
    if (elementCount(leading) > 1) return product(graph, [left, right], shape);
  }
  const isStack = elementCount(a.shape.slice(0, -2)) > 1;
  if (isStack && left.isTransposed) return product(graph, [left, right], shape);
  const flat = { ...left, matrix: reshape(graph, a, flattenRows(a.shape)) };
  const single = { ...right, matrix: reshape(graph, b, b.shape.slice(-2)) };
  return reshape(graph, exactProduct(graph, flat, single), shape);
}

/** [..., rows, columns] as one matrix, [all rows, columns]. */
function flattenRows(shape: Shape): Shape {
  return [elementCount(shape.slice(0, -1)), shape.at(-1)!]; // a matrix at least
}

/** ONNX Runtime transposes, and multiplies by a number, on the fly. */
function fusedProduct(
  graph: Graph,
  [left, right]: Factors,
  shape: Shape,
): Value {
  if (left.matrix.dtype !== "float32") {
    return plainProduct(graph, [left, right], shape);
  }
  const a = unscaled(graph, left.matrix);
  const b = unscaled(graph, right.matrix);
  const factors = [a.value, b.value] as const;
  const alpha = { float: Math.fround(a.scale * b.scale) };
  if (!left.isTransposed && !right.isTransposed && alpha.float === 1) {
    return graph.apply("MatMul", factors, shape);
  }
  const transA = Number(left.isTransposed);
  const transB = Number(right.isTransposed);
  return graph.apply("FusedMatMul", factors, shape, { transA, transB, alpha });
}

/** The operation all runtimes have. */
function plainProduct(graph: Graph, factors: Factors, shape: Shape): Value {
  const [a, b] = factors.map(({ matrix, isTransposed }) => {
    return isTransposed ? transposeMatrix(graph, matrix) : matrix;
  });
  return graph.apply("MatMul", [a!, b!], shape); // two in, two out
}

function einsum(
  graph: Graph,
  factors: readonly Value[],
  equation: string,
): Value {
  const shapes = factors.map((factor) => factor.shape);
  const { operands, result, lengths } = parseEinsum(equation, shapes);
  const shape = [...result].map((letter) => lengths.get(letter)!); // checked when parsed
  const [first, ...rest] = factors;
  return graph.apply("Einsum", [first!, ...rest], shape, { // one factor at least
    equation: `${operands}->${result}`,
  });
}
