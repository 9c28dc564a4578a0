import * as tf from "@tensorflow/tfjs";
import * as ort from "onnxruntime-node";
import { assert, assertEquals } from "@std/assert";
import { Graph } from "../../../compile/graph/graph.ts";
import { nodesInOrder } from "../../../compile/graph/order.ts";
import type { ElementType, Value } from "../../../compile/graph/value.ts";
import {
  blockOfConvolution,
  blockOfInputGradient,
  planFilterGradient,
} from "../../../compile/lower/blocked/choice.ts";
import { findRule } from "../../../compile/lower/mod.ts";
import { isFew } from "../../../compile/lower/pick_pixels.ts";
import type { Target } from "../../../compile/lower/rule.ts";
import { buildGraph } from "../../../compile/onnx/build.ts";
import { encode } from "../../../compile/onnx/encode.ts";
import { spell } from "../graph/spell.ts";

type Sizes = readonly [
  batch: number,
  size: readonly [number, number],
  channels: number,
  outputs: number,
];

/** What is chosen for a convolution with blocks of 16, and for its gradients. */
function chosen(
  [batch, [height, width], channels, outputs]: Sizes,
  filter: readonly [number, number] = [3, 3],
  stride: number | [number, number] = 1,
  pad: "same" | "valid" | number = "same",
  dtype: ElementType = "float32",
) {
  const graph = new Graph("checked", 16);
  const sliding = tf.backend_util.computeConv2DInfo(
    [batch, height, width, channels],
    [...filter, channels, outputs],
    stride,
    1,
    pad,
  );
  const fed = (name: string, shape: readonly number[]) =>
    graph.placeholder(name, shape, dtype);
  const images = fed("images", [batch, height, width, channels]);
  const weights = fed("filter", [...filter, channels, outputs]);
  const { outHeight, outWidth } = sliding;
  const dy = fed("dy", [batch, outHeight, outWidth, outputs]);
  const plan = planFilterGradient(graph, dy, sliding);
  return {
    forward: blockOfConvolution(graph, images, weights, sliding),
    backward: blockOfInputGradient(graph, dy, sliding),
    filter: plan && `${plan.block}, ${plan.laid}, ${plan.rows} rows`,
  };
}

Deno.test("convolutions are done in blocks of channels where these are whole, or one is filled by half", () => {
  const of = (channels: number, outputs: number) =>
    chosen([16, [5, 6], channels, outputs]).forward;
  assertEquals(of(16, 16), 16);
  assertEquals(of(16, 1), 16);
  assertEquals(of(3, 8), 16);
  assertEquals(of(3, 7), undefined);
  assertEquals(of(15, 8), 16);
  assertEquals(of(20, 16), undefined);
  assertEquals(of(32, 5), 16);
  const sizes: Sizes = [16, [5, 6], 16, 16];
  assertEquals(chosen(sizes, [1, 1]).forward, undefined); // a matrix product
  assertEquals(chosen(sizes, [1, 2]).forward, 16);
  const whole = chosen(sizes, [3, 3], 1, "same", "int32");
  assertEquals(whole, {
    ...{ forward: undefined, backward: undefined, filter: undefined },
  });
});

Deno.test("gradients of images are done in blocks where all blocks are whole", () => {
  const of = (channels: number, outputs: number) =>
    chosen([3, [5, 6], channels, outputs]).backward;
  assertEquals(of(16, 16), 16);
  assertEquals(of(16, 5), 16);
  assertEquals(of(32, 48), 16);
  assertEquals(of(16, 20), undefined);
  assertEquals(of(8, 16), undefined);
  assertEquals(of(24, 16), undefined);
});

Deno.test("gradients of filters lay what has more channels on the other, in rows that the cache holds", () => {
  const of = (...sizes: Sizes) => chosen(sizes).filter;
  assertEquals(of(16, [5, 6], 16, 32), "16, gradients, 5 rows");
  assertEquals(of(16, [5, 6], 16, 16), "16, gradients, 5 rows");
  assertEquals(of(16, [5, 6], 32, 16), "16, images, 5 rows");
  assertEquals(of(16, [5, 6], 16, 7), "16, images, 5 rows");
  assertEquals(of(16, [5, 6], 5, 7), undefined);
  assertEquals(of(16, [5, 6], 5, 8), "16, gradients, 5 rows");
  assertEquals(of(32, [5, 6], 16, 32), "16, gradients, 5 rows");
  assertEquals(of(24, [5, 6], 16, 32), undefined); // no whole blocks of images
  // a row of four blocks of 16 x 16 numbers of 4 bytes at 60 places: 3 of 4 rows, two at a time
  assertEquals(of(16, [4, 60], 1, 64), "16, gradients, 2 rows");
  assertEquals(of(16, [4, 60], 1, 128), "16, gradients, 2 rows");
  assertEquals(of(16, [4, 60], 1, 32), "16, gradients, 4 rows");
  assertEquals(of(16, [4, 900], 1, 64), "16, gradients, 1 rows");
  const sizes: Sizes = [16, [5, 6], 32, 16];
  assertEquals(chosen(sizes, [3, 3], 2).filter, "16, gradients, 3 rows");
  const filterOf = (down: number, across: number) =>
    chosen(sizes, [3, 3], [down, across]).filter;
  assertEquals(filterOf(1, 2), "16, gradients, 5 rows");
  assertEquals(filterOf(2, 1), "16, gradients, 3 rows");
  assertEquals(chosen(sizes, [3, 3], 1, "valid").filter, "16, images, 5 rows");
  assertEquals(chosen(sizes, [3, 3], 1, 2).filter, "16, images, 5 rows");
  assertEquals(chosen(sizes, [3, 3], 1, 3).filter, "16, gradients, 9 rows"); // more than the filter reaches
});

Deno.test("pixels of fewer than 8 channels are picked number by number, up to 2^16 numbers", () => {
  assertEquals([isFew(7, 100), isFew(8, 100)], [true, false]);
  assertEquals([isFew(4, 2 ** 14), isFew(4, 2 ** 14 + 1)], [true, false]);
});

/** The value of a kernel of tfjs as its rule for a target makes it. */
function lowered(
  kernel: string,
  inputs: Readonly<Record<string, Value>>,
  attributes: object = {},
  target: Target = "cpu",
  graph = new Graph(),
): Value {
  const { lower } = findRule(kernel, target);
  return lower(graph, inputs, attributes) as Value; // the kernels here have one result
}

Deno.test("running sums of more than 512 numbers are taken in pieces of 32", () => {
  const sumsOf = (length: number) => {
    const graph = new Graph();
    const x = graph.placeholder("x", [2, length], "float32");
    const attributes = { axis: 1, exclusive: false, reverse: false };
    const found = lowered("Cumsum", { x }, attributes, "cpu", graph);
    assertEquals(found.shape, [2, length]);
    return nodesInOrder([found]).filter(({ op }) => op === "CumSum")
      .map(({ results }) => [...results[0]!.shape]);
  };
  assertEquals(sumsOf(512), [[2, 512]]);
  assertEquals(sumsOf(513), [[2, 17, 32], [2, 17, 1]]);
  // 33 totals are more than are added in one go
  assertEquals(sumsOf(33 * 32), [[2, 33, 32], [2, 2, 32, 1], [2, 2, 1, 1]]);
});

Deno.test("up to 512 segments are sums of a matrix product, more of them are added row by row", () => {
  const opsOf = (numSegments: number) => {
    const graph = new Graph();
    const x = graph.placeholder("x", [20, 3], "float32");
    const segmentIds = graph.placeholder("ids", [20], "int32", () => [0, 9]);
    const inputs = { x, segmentIds };
    const found = lowered(
      "UnsortedSegmentSum",
      inputs,
      { numSegments },
      "cpu",
      graph,
    );
    return nodesInOrder([found]).map(({ op }) => op);
  };
  assertEquals(opsOf(512).includes("Gemm"), true);
  assertEquals(opsOf(513).includes("Gemm"), false);
  assertEquals(opsOf(513).includes("ScatterElements"), true);
});

Deno.test("small whole powers are products, and a power of 1/2 is a root", () => {
  const powerOf = (exponent: number) => {
    const graph = new Graph();
    const a = graph.placeholder("x", [3], "float32");
    const inputs = { a, b: graph.splat(exponent) };
    return spell(lowered("Pow", inputs, {}, "cpu", graph));
  };
  const expected: Readonly<Record<string, string>> = {
    "1": "x",
    "2": "Mul(x, x)",
    "3": "Mul(Mul(x, x), x)",
    "0.5": "Sqrt(x)",
    "4": "Pow(x, 4)",
  };
  for (const [exponent, wanted] of Object.entries(expected)) {
    assertEquals(powerOf(Number(exponent)), wanted);
  }
});

Deno.test("a power for WebGPU repeats its base for real, where it is broadcast", () => {
  const powerOf = (shape: readonly number[]) => {
    const graph = new Graph();
    const a = graph.placeholder("a", shape, "float32");
    const b = graph.placeholder("b", [2], "float32");
    return spell(lowered("Pow", { a, b }, {}, "webgpu", graph));
  };
  assertEquals(powerOf([3, 1]), "Pow(Tile(a, [1,2]), b)");
  assertEquals(powerOf([3, 2]), "Pow(a, b)");
  assertEquals(powerOf([1]), "Pow(Tile(a, [2]), b)");
});

/** Computes by ONNX Runtime on the CPU what a rule makes for WebGPU. */
async function computed(
  kernel: string,
  feeds: Readonly<Record<string, readonly number[]>>,
  shapes: Readonly<Record<string, readonly number[]>> = {},
): Promise<readonly number[]> {
  const graph = new Graph();
  const shapeOf = (name: string) => shapes[name] ?? [feeds[name]!.length];
  const inputs = Object.fromEntries(
    Object.keys(feeds).map((name) => [
      name,
      graph.placeholder(`input/${name}`, shapeOf(name), "float32"),
    ]),
  );
  const value = lowered(kernel, inputs, {}, "webgpu", graph);
  const built = buildGraph(new Map([["found", value]]));
  const session = await ort.InferenceSession.create(encode({ graph: built }));
  const { found } = await session.run(Object.fromEntries(
    Object.entries(feeds).map(([name, numbers]) => [
      `input/${name}`,
      new ort.Tensor("float32", Float32Array.from(numbers), shapeOf(name)),
    ]),
  ));
  await session.release();
  return Array.from(found!.data as Float32Array, Number);
}

Deno.test("what WebGPU computes by other formulas is the same", async () => {
  const x = [-1, -0.999, -0.5, -1e-3, 0, 0.25, 0.9, 1];
  const near = (found: readonly number[], expected: readonly number[]) => {
    assertEquals(found.length, expected.length);
    found.forEach((value, i) => {
      const error = Math.abs(value - expected[i]!);
      assert(
        error < 1e-6 * Math.max(1, Math.abs(value)),
        `${value}, not ${expected[i]}`,
      );
    });
  };
  const rounded = x.map(Math.fround);
  near(await computed("Asin", { x }), rounded.map(Math.asin));
  near(await computed("Acos", { x }), rounded.map(Math.acos));
  const a = [7, -7, 7, -7, 6, -6, 5, -0.5, 0.75, 3e9, 1000001];
  const b = [2, 2, -2, -2, 3, 3, 0, 2, 0.25, 1, 10];
  near(await computed("FloorDiv", { a, b }), [
    ...[3, -4, -4, 3, 2, -2, 0, -1, 3, 0, 100000], // 0 where int32 has no such number
  ]);
  const shapes = { a: [3, 1], b: [2] };
  const powers = await computed("Pow", { a: [2, 3, 4], b: [2, -1] }, shapes);
  near(powers, [4, 1 / 2, 9, 1 / 3, 16, 1 / 4]);
});
