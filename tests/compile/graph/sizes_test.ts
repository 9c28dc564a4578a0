import { assertEquals } from "@std/assert";
import { isAlike } from "../../../compile/graph/alike.ts";
import { Graph } from "../../../compile/graph/graph.ts";
import { planSum } from "../../../compile/graph/long_sum.ts";
import { nodesInOrder } from "../../../compile/graph/order.ts";
import { isModerate } from "../../../compile/graph/product.ts";
import { isUnit } from "../../../compile/graph/range.ts";
import type { Result, Value } from "../../../compile/graph/value.ts";
import { exactProduct } from "../../../compile/graph/vector_product.ts";

/** A sum: its shape, its axes, whether it is a stage of another one, and its plan, in pieces or parts of a size. */
const plans: readonly (readonly [
  shape: readonly number[],
  axes: readonly number[],
  part: "whole" | "stage",
  plan: string,
])[] = [
  [[800], [0], "whole", "at once"],
  [[801], [0], "whole", "pieces of 89"], // 9 * 89
  [[7, 801], [1], "whole", "pieces of 89"],
  [[809], [0], "whole", "parts of 128"], // a prime number
  [[1255], [0], "whole", "pieces of 251"], // 5 * 251, nearly twice as long as wanted
  [[256], [0], "stage", "at once"],
  [[257], [0], "stage", "parts of 128"],
  [[384], [0], "stage", "pieces of 128"],
  [[256, 2], [0], "whole", "at once"],
  [[257, 2], [0], "whole", "parts of 64"],
  [[258, 2], [0], "whole", "pieces of 43"],
  [[260, 2], [0], "whole", "pieces of 65"],
  [[4095, 2], [0], "whole", "pieces of 63"], // 63 * 65
  [[3232, 2], [0], "whole", "pieces of 32"], // 32 * 101
  [[527, 2], [0], "whole", "parts of 64"], // 17 * 31, which are both too short
  [[381, 2], [0], "whole", "pieces of 127"], // 3 * 127
  [[128, 2], [0], "stage", "at once"],
  [[129, 2], [0], "stage", "pieces of 43"],
  [[8, 28, 28, 8], [1, 2], "whole", "pieces of 56"],
  [[10, 20, 10], [0, 2], "whole", "at once"],
  [[16, 3, 16], [0, 2], "whole", "at once"],
];

for (const [shape, axes, part, wanted] of plans) {
  Deno.test(`a sum of [${shape}] over ${axes}, ${part}, is taken ${wanted}`, () => {
    const plan = planSum(shape, axes, part);
    const size = "size" in plan ? ` of ${plan.size}` : "";
    assertEquals(plan.kind + size, wanted);
  });
}

Deno.test("a sum over axes that lie apart is taken over the last of them first", () => {
  assertEquals(planSum([300, 4, 500], [0, 2], "whole"), {
    kind: "group",
    stage: { before: 1200, length: 500, after: 1 },
    ...{ rest: [300, 4, 1], axes: [0] },
  });
  assertEquals(planSum([2, 3, 300], [0, 2], "whole").kind, "group"); // they are not one axis
  assertEquals(planSum([5, 20, 3, 10, 7], [1, 3], "stage"), {
    kind: "group",
    stage: { before: 300, length: 10, after: 7 },
    ...{ rest: [5, 20, 3, 1, 7], axes: [1] },
  });
  assertEquals(planSum([5, 1, 300, 3], [2], "whole"), {
    kind: "pieces",
    stage: { before: 5, length: 300, after: 3 },
    size: 60,
  });
});

Deno.test("a product of a long vector is summed number by number, of shorter ones as a product", () => {
  const opsOf = (
    left: readonly number[],
    right: readonly number[],
    dtype: "float32" | "int32" = "float32",
  ) => {
    const graph = new Graph();
    const [a, b] = [left, right].map((shape, i) => ({
      matrix: graph.placeholder(`${i}`, shape, dtype),
      isTransposed: false,
    }));
    const product = exactProduct(graph, a!, b!); // two
    assertEquals(product.shape, [left[0]!, right[1]!]);
    return nodesInOrder([product]).map(({ op }) => op);
  };
  assertEquals(opsOf([1, 800], [800, 1]), ["Gemm"]);
  assertEquals(opsOf([1, 801], [801, 1]).includes("Mul"), true);
  assertEquals(opsOf([1, 4096], [4096, 2]), ["Gemm"]);
  assertEquals(opsOf([1, 4097], [4097, 2]).includes("Mul"), true);
  assertEquals(opsOf([2, 4097], [4097, 1]).includes("Mul"), true);
  assertEquals(opsOf([2, 5000], [5000, 2]), ["Gemm"]);
  assertEquals(opsOf([1, 5000], [5000, 1], "int32"), ["MatMul"]);
});

Deno.test("a product takes factors from 2^-30 to 2^30 after its sums", () => {
  const factors = [2 ** -30, -(2 ** -30), 2 ** 30, -(2 ** 30), 1];
  assertEquals(factors.map(isModerate), factors.map(() => true));
  const others = [2 ** -31, 2 ** 31, 0, NaN, Infinity];
  assertEquals(others.map(isModerate), others.map(() => false));
});

Deno.test("isUnit() knows sigmoids, softmax and the exponential of what is negative", () => {
  const graph = new Graph();
  const x = graph.placeholder("x", [2], "float32");
  const y = graph.placeholder("y", [2], "float32");
  const apply = (op: string, ...inputs: [Value, ...Value[]]) =>
    graph.apply(op, inputs, [2]);
  const n = (value: number) => graph.splat(value);
  const square = apply("Mul", x, x);
  const units = [
    ...[n(0), n(1), n(0.5), apply("Sigmoid", x), apply("Softmax", x)],
    ...["Abs", "Relu", "Exp", "Sqrt", "Sigmoid", "Softmax"].map((op) =>
      apply("Exp", apply("Neg", apply(op, x)))
    ),
    apply("Exp", apply("Neg", square)),
    apply("Exp", apply("Mul", square, n(-2))),
    apply("Exp", apply("Mul", n(-2), square)),
    apply("Exp", apply("Mul", n(0), square)),
  ];
  const others = [
    ...[x, n(-0.5), n(1.5), apply("Exp", x), apply("Relu", x), square],
    ...[apply("Exp", apply("Neg", x)), apply("Exp", square)],
    apply("Exp", apply("Neg", apply("Mul", x, y))),
    apply("Exp", apply("Mul", square, n(2))),
    apply("Exp", apply("Mul", x, n(-2))),
    apply("Exp", apply("Mul", square, y)),
  ];
  assertEquals(units.map(isUnit), units.map(() => true));
  assertEquals(others.map(isUnit), others.map(() => false));
});

Deno.test("results are alike that differ in nothing but what they are computed from", () => {
  const graph = new Graph();
  const x = graph.placeholder("x", [2], "float32");
  const y = graph.placeholder("y", [2], "float32");
  const described = { shape: [2], dtype: "float32" } as const;
  const pair = (of: Value, axis: number, op = "Split") =>
    graph.applyMany(op, [of], [described, described], { axis });
  const [a, b] = pair(x, 0) as [Result, Result];
  const [c] = pair(y, 0) as [Result];
  assertEquals(isAlike(a, c), true);
  assertEquals(isAlike(a, b), false); // the first and the second of its results
  assertEquals(isAlike(a, pair(x, 1)[0]!), false);
  assertEquals(isAlike(a, pair(x, 0, "Other")[0]!), false);
  const two = graph.applyMany("Split", [x, y], [described], { axis: 0 });
  assertEquals(isAlike(a, two[0]!), false);
});
