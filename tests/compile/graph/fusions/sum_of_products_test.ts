import * as ort from "onnxruntime-node";
import { assertEquals } from "@std/assert";
import { add } from "../../../../compile/graph/arithmetic.ts";
import { fuse } from "../../../../compile/graph/fuse.ts";
import { sumOfProducts } from "../../../../compile/graph/fusions/sum_of_products.ts";
import { Graph } from "../../../../compile/graph/graph.ts";
import { reshape } from "../../../../compile/graph/layout.ts";
import { nodesInOrder } from "../../../../compile/graph/order.ts";
import { matrixProduct } from "../../../../compile/graph/product.ts";
import type { Value } from "../../../../compile/graph/value.ts";
import { buildGraph } from "../../../../compile/onnx/build.ts";
import { encode } from "../../../../compile/onnx/encode.ts";

/** Products of [rows, 6] and [rows, 8], the left one transposed: one for each number of rows. */
function productsOf(graph: Graph, rows: readonly number[]): Value[] {
  return rows.map((count, i) => {
    const [a, b] = [["a", 6], ["b", 8]].map(([name, columns]) => ({
      matrix: graph.placeholder(
        `input/${name}${i}`,
        [count, Number(columns)],
        "float32",
      ),
      isTransposed: name === "a",
    }));
    return matrixProduct(graph, a!, b!); // two in, two out
  });
}

const plus = (graph: Graph) => (x: Value, y: Value) => add(graph, x, y);

interface Case {
  readonly name: string;
  /** Of the factors of each product. */
  readonly rows: readonly number[];
  readonly sum: (graph: Graph, products: readonly Value[]) => Value;
  /** How many products are left. */
  readonly products: number;
}

const cases: readonly Case[] = [
  {
    name: "three products",
    rows: [2, 3, 1],
    sum: (graph, products) => products.reduce(plus(graph)),
    products: 1,
  },
  {
    name: "two sums of two products",
    rows: [2, 1, 3, 2],
    sum: (graph, [a, b, c, d]) =>
      add(graph, add(graph, a!, b!), add(graph, c!, d!)),
    products: 1,
  },
  {
    name: "products in another shape",
    rows: [2, 3],
    sum: (graph, products) =>
      products.map((x) => reshape(graph, x, [2, 3, 8])).reduce(plus(graph)),
    products: 1,
  },
  {
    name: "factors of more rows than the product is worth",
    rows: [4, 5],
    sum: (graph, products) => products.reduce(plus(graph)),
    products: 2,
  },
  {
    name: "a product that others need",
    rows: [2, 3],
    sum: (graph, [a, b]) =>
      add(graph, add(graph, a!, b!), reshape(graph, b!, [6, 8])),
    products: 2,
  },
  {
    name: "a product and what is none",
    rows: [2],
    sum: (graph, [a]) =>
      add(graph, a!, graph.placeholder("input/x", [6, 8], "float32")),
    products: 1,
  },
];

for (const { name, rows, sum, products } of cases) {
  Deno.test(`the sum of ${name} has the same numbers from as few products as can be`, async () => {
    const graph = new Graph();
    const plain = new Map([["sum", sum(graph, productsOf(graph, rows))]]);
    const fused = fuse(graph, plain, [sumOfProducts]);
    const found = nodesInOrder(fused.values()).map(({ op }) => op);
    assertEquals(found.filter((op) => op === "Gemm").length, products);
    assertEquals(await numbersOf(fused), await numbersOf(plain));
  });
}

/** With whole numbers, whose sums are exact in any order. */
async function numbersOf(
  outputs: ReadonlyMap<string, Value>,
): Promise<ort.Tensor["data"]> {
  const graph = buildGraph(outputs);
  const feeds = Object.fromEntries(graph.inputs.map(({ name, shape }) => {
    const lengths = shape as readonly number[]; // none is free
    const length = lengths.reduce((a, b) => a * b);
    const first = name.charCodeAt(name.length - 1);
    const numbers = Float32Array.from({ length }, (_, i) => {
      return (first + 7 * i) % 11 - 5;
    });
    return [name, new ort.Tensor("float32", numbers, lengths)];
  }));
  const session = await ort.InferenceSession.create(encode({ graph }));
  const { sum } = await session.run(feeds);
  await session.release();
  return sum!.data; // the output
}
