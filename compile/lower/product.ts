/**
 * Matrix products.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { parseEinsum } from "../einsum_equation.ts";
import { add, multiply } from "../graph/arithmetic.ts";
import type { Graph } from "../graph/graph.ts";
import { reshape, transposeMatrix } from "../graph/layout.ts";
import { type Factor, unscaled } from "../graph/product.ts";
import { reduce } from "../graph/reduction.ts";
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
  const isStack = elementCount(a.shape.slice(0, -2)) > 1;
  const areMany = elementCount(b.shape.slice(0, -2)) > 1;
  if (areMany || isStack && left.isTransposed) {
    return product(graph, [left, right], shape);
  }
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

/** Sums of many terms are taken apart: ONNX Runtime adds those of its Einsum one after the other. */
function einsum(
  graph: Graph,
  factors: readonly Value[],
  equation: string,
): Value {
  const shapes = factors.map((factor) => factor.shape);
  const { operands, result, lengths } = parseEinsum(equation, shapes);
  const shape = [...result].map((letter) => lengths.get(letter)!); // checked when parsed
  const [a, b, ...more] = operands;
  if (a === b && result === "" && more.length === 0) { // a scalar product
    const products = multiply(graph, factors[0]!, factors[1]!); // one for each operand
    return reduce(graph, "ReduceSum", products, axesOf(products), "drop");
  }
  const reduced = operands.map((letters, i) => {
    const others = operands.toSpliced(i, 1).join("") + result;
    return sumAlone(graph, factors[i]!, letters, others); // one for each operand
  });
  const [first, ...rest] = reduced;
  if (rest.length === 0 && first!.letters === result) return first!.sum;
  const spelled = reduced.map(({ letters }) => letters);
  const sums = [first!.sum, ...rest.map(({ sum }) => sum)] as const; // one factor at least
  return graph.apply("Einsum", sums, shape, {
    equation: `${spelled}->${result}`,
  });
}

/** Sums a factor over the axes that it alone has. */
function sumAlone(
  graph: Graph,
  factor: Value,
  letters: string,
  others: string,
): { readonly sum: Value; readonly letters: string } {
  const axes = axesOf(factor).filter((axis) =>
    !others.includes(letters[axis]!)
  ); // a letter for each
  if (axes.length === 0) return { sum: factor, letters };
  return {
    sum: reduce(graph, "ReduceSum", factor, axes, "drop"),
    letters: [...letters].filter((_, axis) => !axes.includes(axis)).join(""),
  };
}

function axesOf({ shape }: Value): readonly number[] {
  return shape.map((_, axis) => axis);
}
