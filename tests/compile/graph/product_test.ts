import { assertEquals } from "@std/assert";
import { add, multiply } from "../../../compile/graph/arithmetic.ts";
import { fuse } from "../../../compile/graph/fuse.ts";
import { productFusions } from "../../../compile/graph/fusions/fuse_product.ts";
import { Graph } from "../../../compile/graph/graph.ts";
import { reshape, transpose } from "../../../compile/graph/layout.ts";
import { nodesInOrder } from "../../../compile/graph/order.ts";
import { matrixProduct, unscaled } from "../../../compile/graph/product.ts";
import { type Case, checkAgreement } from "../agreement.ts";

Deno.test("a product multiplies by the numbers before and after it, through changes of shape", () => {
  const graph = new Graph();
  const x = graph.placeholder("input/x", [2, 3, 4], "float32");
  const weight = graph.placeholder("input/weight", [4, 5], "float32");
  const rows = reshape(graph, multiply(graph, x, graph.splat(0.5)), [6, 4]);
  const product = matrixProduct(
    graph,
    { matrix: rows, isTransposed: false },
    { matrix: multiply(graph, weight, graph.splat(3)), isTransposed: false },
  );
  const stack = reshape(graph, product, [2, 3, 5]);
  const y = multiply(graph, stack, graph.splat(0.25));
  const fused = fuse(graph, new Map([["y", y]]), productFusions);
  const nodes = nodesInOrder(fused.values());
  assertEquals(nodes.map(({ op }) => op), ["Reshape", "Gemm", "Reshape"]);
  assertEquals(nodes[1]!.attributes["alpha"], { float: 0.375 });
});

Deno.test("a product that somebody else needs, too, is computed once", () => {
  const graph = new Graph();
  const x = graph.placeholder("input/x", [6, 4], "float32");
  const weight = graph.placeholder("input/weight", [4, 5], "float32");
  const bias = graph.placeholder("input/bias", [5], "float32");
  const factor = { isTransposed: false } as const;
  const product = matrixProduct(
    graph,
    { matrix: x, ...factor },
    { matrix: weight, ...factor },
  );
  const half = graph.splat(0.5);
  const y = multiply(graph, reshape(graph, product, [2, 3, 5]), half);
  const z = add(graph, reshape(graph, y, [6, 5]), bias);
  const fused = fuse(graph, new Map([["y", y], ["z", z]]), productFusions);
  const found = nodesInOrder(fused.values()).map(({ op }) => op);
  assertEquals(found, ["Gemm", "Reshape", "Add"]);
});

Deno.test("a product with a bias multiplies both by a number, unless the bias is as large as it", () => {
  const alphas = ([[5], [6, 5]] as const).map((shape) => {
    const graph = new Graph();
    const x = graph.placeholder("input/x", [6, 4], "float32");
    const weight = graph.placeholder("input/weight", [4, 5], "float32");
    const bias = graph.placeholder("input/bias", shape, "float32");
    const product = matrixProduct(
      graph,
      { matrix: x, isTransposed: false },
      { matrix: weight, isTransposed: false },
    );
    const sum = add(graph, product, bias);
    const y = multiply(graph, reshape(graph, sum, [2, 3, 5]), graph.splat(0.5));
    const fused = fuse(graph, new Map([["y", y]]), productFusions);
    const nodes = nodesInOrder(fused.values());
    const gemm = nodes.find(({ op }) => op === "Gemm")!; // of the product
    const [, , third] = gemm.inputs;
    return [gemm.attributes["alpha"], third === bias];
  });
  assertEquals(alphas, [[{ float: 0.5 }, false], [{ float: 1 }, true]]);
});

Deno.test("a product with a bias, multiplied by a number, is what tfjs computes", () => {
  const inputs = [{ shape: [6, 4] }, { shape: [4, 5] }, { shape: [5] }];
  const fn: Case["fn"] = (x, weight, bias) =>
    x!.matMul(weight!).add(bias!).reshape([2, 3, 5]).mul(3); // three inputs
  return checkAgreement({ name: "scaled", inputs, fn, terms: 6 }, "cpu");
});

Deno.test("a product leaves factors alone that its sums could not bear", () => {
  for (const scale of [0, 1e-25, 1e25, Infinity, -Infinity, NaN]) {
    const graph = new Graph();
    const x = graph.placeholder("input/x", [6, 4], "float32");
    const scaled = graph.apply("Mul", [x, graph.splat(scale)], [6, 4]);
    assertEquals(unscaled(graph, scaled), { value: scaled, scale: 1 });
  }
});

Deno.test("unscaled() takes a number out of what was put into another order since", () => {
  const graph = new Graph();
  const x = graph.placeholder("input/x", [2, 6], "float32");
  const scaled = reshape(graph, multiply(graph, x, graph.splat(0.5)), [
    2,
    3,
    2,
  ]);
  const moved = transpose(graph, scaled, [1, 0, 2]);
  const plain = transpose(graph, reshape(graph, x, [2, 3, 2]), [1, 0, 2]);
  assertEquals(unscaled(graph, moved), { value: plain, scale: 0.5 });
  assertEquals(unscaled(graph, plain), { value: plain, scale: 1 });
});

Deno.test("nodes whose attributes differ in what JSON cannot write are different nodes", () => {
  const graph = new Graph();
  const x = graph.placeholder("input/x", [2], "float32");
  const made = [Infinity, -Infinity, NaN, 0, -0].map((float) =>
    graph.apply("LeakyRelu", [x], [2], { alpha: { float } })
  );
  assertEquals(new Set(made).size, 5);
});

Deno.test("a product without terms is zeros that nobody computes, whichever matrix is transposed", () => {
  for (const [left, right] of [[false, false], [true, false], [false, true]]) {
    const graph = new Graph();
    const of = (name: string, shape: readonly number[]) =>
      graph.placeholder(`input/${name}`, shape, "float32");
    const product = matrixProduct(
      graph,
      { matrix: of("a", left ? [0, 2] : [2, 0]), isTransposed: left! },
      { matrix: of("b", right ? [3, 0] : [0, 3]), isTransposed: right! },
    );
    assertEquals([product.kind, product.shape], ["splat", [2, 3]]);
  }
});
