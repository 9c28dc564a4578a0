import * as ort from "onnxruntime-node";
import { assertEquals } from "@std/assert";
import {
  add,
  multiply,
  subtract,
} from "../../../../compile/graph/arithmetic.ts";
import { fuse } from "../../../../compile/graph/fuse.ts";
import { gatedAdd } from "../../../../compile/graph/fusions/gated_add.ts";
import { Graph } from "../../../../compile/graph/graph.ts";
import { nodesInOrder } from "../../../../compile/graph/order.ts";
import { elementCount } from "../../../../compile/graph/shape.ts";
import type { Value } from "../../../../compile/graph/value.ts";
import { buildGraph } from "../../../../compile/onnx/build.ts";
import { encode } from "../../../../compile/onnx/encode.ts";
import { random } from "../../agreement.ts";

/** A sum with a product in it. */
interface Case {
  readonly name: string;
  readonly x: readonly number[];
  /** Shape of the factor; a number that is known when compiling unless given. */
  readonly c?: readonly number[];
  readonly sum: (graph: Graph, x: Value, y: Value, c: Value) => Value;
  readonly isFused: boolean;
}

const plus: Case["sum"] = (graph, x, y, c) =>
  add(graph, x, multiply(graph, y, c));
const swapped: Case["sum"] = (graph, x, y, c) =>
  add(graph, multiply(graph, c, y), x);
const minus: Case["sum"] = (graph, x, y, c) =>
  subtract(graph, x, multiply(graph, y, c));

const cases: readonly Case[] = [
  { name: "a known number", x: [5, 12], sum: plus, isFused: true },
  { name: "a number that is fed", x: [5, 12], c: [], sum: plus, isFused: true },
  {
    name: "a number with axes",
    x: [5, 12],
    c: [1, 1],
    sum: minus,
    isFused: true,
  },
  {
    name: "a number for each row",
    x: [5, 12],
    c: [5, 1],
    sum: plus,
    isFused: true,
  },
  {
    name: "the product first",
    x: [2, 3, 8],
    c: [2, 3, 1],
    sum: swapped,
    isFused: true,
  },
  {
    name: "minus, by rows",
    x: [2, 3, 8],
    c: [2, 3, 1],
    sum: minus,
    isFused: true,
  },
  { name: "minus a known number", x: [2, 3, 8], sum: minus, isFused: true },
  {
    name: "more rows than are written out",
    x: [1030, 9],
    sum: minus,
    isFused: true,
  },
  { name: "one row", x: [31], c: [], sum: minus, isFused: true },
  { name: "one long row", x: [2 ** 15], sum: plus, isFused: false },
  { name: "long rows", x: [2, 2 ** 15], sum: plus, isFused: true },
  {
    name: "one row that is not long yet",
    x: [2 ** 15 - 1],
    sum: plus,
    isFused: true,
  },
  { name: "short rows", x: [40, 3], sum: plus, isFused: false },
  { name: "rows of seven", x: [40, 7], sum: plus, isFused: false },
  { name: "rows of eight", x: [40, 8], sum: plus, isFused: true },
  {
    name: "rows of two, a number for each",
    x: [40, 2],
    c: [40, 1],
    sum: plus,
    isFused: true,
  },
  {
    name: "short rows, a number for each",
    x: [40, 3],
    c: [40, 1],
    sum: plus,
    isFused: true,
  },
  { name: "rows of one", x: [40, 1], c: [40, 1], sum: plus, isFused: false },
  {
    name: "a number for each column",
    x: [5, 12],
    c: [12],
    sum: plus,
    isFused: false,
  },
  {
    name: "a number for each number",
    x: [5, 12],
    c: [5, 12],
    sum: plus,
    isFused: false,
  },
  { name: "no row", x: [0, 12], c: [0, 1], sum: plus, isFused: true },
  {
    name: "a product from which is subtracted",
    x: [5, 12],
    sum: (graph, x, y, c) => subtract(graph, multiply(graph, y, c), x),
    isFused: false,
  },
  {
    name: "a product that others need",
    x: [5, 12],
    sum: (graph, x, y, c) => {
      const product = multiply(graph, y, c);
      return multiply(graph, add(graph, x, product), product);
    },
    isFused: false,
  },
  {
    name: "a term that is repeated",
    x: [12],
    sum: (graph, x, _, c) => {
      const wide = graph.placeholder("input/wide", [5, 12], "float32");
      return add(graph, x, multiply(graph, wide, c));
    },
    isFused: false,
  },
];

for (const { name, x, c, sum, isFused } of cases) {
  Deno.test(`x + c y with ${name} is ${isFused ? "one operation" : "two"}`, async () => {
    const graph = new Graph();
    const fed = (name: string, shape: readonly number[]) =>
      graph.placeholder(`input/${name}`, shape, "float32");
    const factor = c ? fed("c", c) : graph.splat(0.9);
    const value = sum(graph, fed("x", x), fed("y", x), factor);
    const plain = new Map([["sum", value]]);
    const fused = fuse(graph, plain, [gatedAdd]);
    const found = nodesInOrder(fused.values()).map(({ op }) => op);
    assertEquals(found.includes("GatedAdd"), isFused);
    assertEquals(found.includes("Mul"), !isFused);
    if (isFused) await assertSameNumbers(plain, fused);
  });
}

/** On x86-64 the same bits; on ARM a product of numbers up to 1 is not rounded before a sum of at most 2. */
async function assertSameNumbers(
  plain: ReadonlyMap<string, Value>,
  fused: ReadonlyMap<string, Value>,
): Promise<void> {
  const feeds: Record<string, ort.Tensor> = {};
  const results: ort.Tensor[] = [];
  for (const outputs of [plain, fused]) {
    const built = buildGraph(outputs);
    for (const { name, shape } of built.inputs) {
      const lengths = shape as readonly number[]; // none is free
      const length = elementCount(lengths);
      const numbers = Float32Array.from({ length }, random);
      feeds[name] ??= new ort.Tensor("float32", numbers, lengths);
    }
    const session = await ort.InferenceSession.create(encode({ graph: built }));
    const { sum } = await session.run(feeds);
    results.push(sum!); // the output
    await session.release();
  }
  const [expected, found] = results as [ort.Tensor, ort.Tensor]; // of two graphs
  assertEquals(found.dims, expected.dims);
  if (Deno.build.arch === "x86_64") {
    assertEquals(found.data, expected.data);
  } else {
    const [a, b] = [found.data, expected.data] as [Float32Array, Float32Array];
    const errors = a.map((value, i) => Math.abs(value - b[i]!)); // of one shape
    assertEquals(errors.every((error) => error <= 2 ** -24 + 2 ** -23), true);
  }
}
