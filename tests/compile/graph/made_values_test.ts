import { assertEquals } from "@std/assert";
import { add } from "../../../compile/graph/arithmetic.ts";
import { binary, cast } from "../../../compile/graph/elementwise.ts";
import {
  reshape,
  transpose,
  transposeMatrix,
} from "../../../compile/graph/layout.ts";
import { reduce } from "../../../compile/graph/reduction.ts";
import type { Value } from "../../../compile/graph/value.ts";
import { makings } from "./makings.ts";

Deno.test("operations have the shapes, types and attributes of what they compute", () => {
  const { graph, x, i, s, u } = makings();
  const cube = graph.placeholder("cube", [2, 3, 4], "float32");
  const once = transpose(graph, cube, [1, 2, 0]);
  assertEquals(once.shape, [3, 4, 2]);
  const twice = transpose(graph, once, [1, 2, 0]);
  const attributesOf = (value: Value) =>
    value.kind === "result" ? value.node.attributes : undefined;
  assertEquals([twice.shape, attributesOf(twice)], [
    ...[[4, 2, 3], { perm: [2, 0, 1] }],
  ]);
  const turned = transposeMatrix(graph, cube);
  assertEquals([turned.shape, attributesOf(turned)], [
    ...[[2, 4, 3], { perm: [0, 2, 1] }],
  ]);
  const dropped = reduce(graph, "ReduceMax", x, [1], "drop");
  const kept = reduce(graph, "ReduceMax", x, [1], "keep");
  assertEquals([dropped.shape, kept.shape], [[2], [2, 1]]);
  assertEquals([dropped, kept].map(attributesOf), [
    ...[{ keepdims: 0 }, { keepdims: 1 }],
  ]);
  assertEquals(reshape(graph, dropped, [2, 1]), kept);
  assertEquals(reshape(graph, kept, [2]), dropped);
  const wide = cast(graph, cast(graph, i, "int64"), "float32");
  assertEquals([wide.dtype, attributesOf(wide)], ["float32", { to: 1 }]);
  assertEquals(attributesOf(cast(graph, u, "int32")), { to: 6 });
  assertEquals(attributesOf(cast(graph, u, "bool")), { to: 9 });
  assertEquals(attributesOf(cast(graph, i, "int64")), { to: 7 });
  assertEquals(attributesOf(cast(graph, u, "float64")), { to: 11 });
  const less = binary(graph, "Less", x, s, "bool");
  assertEquals([less.dtype, less.shape], ["bool", [2, 3]]);
});

Deno.test("a graph makes equal values once, and tells 0 from -0", () => {
  const { graph, x, y } = makings();
  assertEquals(add(graph, x, y) === add(graph, x, y), true);
  assertEquals(add(graph, x, y) === add(graph, y, x), false);
  assertEquals(graph.splat(0) === graph.splat(0), true);
  assertEquals(graph.splat(0) === graph.splat(-0), false);
  assertEquals(graph.splat(0) === graph.splat(0, [1]), false);
  assertEquals(graph.splat(1) === graph.splat(1, [], "int32"), false);
  assertEquals(graph.integers([1, 2]) === graph.integers([1, 2]), true);
  assertEquals(graph.integers([1, 2]) === graph.integers([12]), false);
  const shaped = [[6], [3, 2]].map((shape) => graph.apply("Some", [x], shape));
  assertEquals(shaped[0] === shaped[1], false);
  assertEquals(graph.splat(2 ** 31, [], "int32").value, -(2 ** 31));
  assertEquals(graph.splat(5, [], "bool").value, 1);
  assertEquals(graph.splat(0.1).value, Math.fround(0.1));
  assertEquals(graph.constant([2, 2], [2], "float32").kind, "splat");
  assertEquals(graph.constant([2, 3], [2], "float32").kind, "constant");
  assertEquals(graph.constant([0, -0], [2], "float32").kind, "constant");
});
