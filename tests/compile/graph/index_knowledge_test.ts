import { assertEquals } from "@std/assert";
import { add } from "../../../compile/graph/arithmetic.ts";
import { cast, where } from "../../../compile/graph/elementwise.ts";
import { fedPositions } from "../../../compile/graph/fed_positions.ts";
import { Graph } from "../../../compile/graph/graph.ts";
import { integerRange } from "../../../compile/graph/integer_range.ts";
import { reshape, transpose } from "../../../compile/graph/layout.ts";
import { concat, slice } from "../../../compile/graph/slicing.ts";

Deno.test("integerRange() finds the bounds of what is known of integers", () => {
  const graph = new Graph();
  const all = [-(2 ** 31), 2 ** 31 - 1] as const;
  const fed = graph.placeholder("input/ids", [4], "int32");
  const table = graph.placeholder("table/t", [9], "int32", () => [3, 8]);
  const bytes = graph.placeholder("table/b", [9], "uint8");
  const known = graph.constant([5, -2, 7], [3], "int32");
  const number = (value: number) => graph.splat(value, [], "int32");
  const floats = graph.placeholder("input/x", [2, 6], "float32");
  const best = graph.apply(
    "ArgMax",
    [floats],
    [2],
    { axis: 1, keepdims: 0 },
    "int64",
  );
  const [, places] = graph.applyMany(
    "TopK",
    [floats, graph.integers([2])],
    [{ shape: [2, 2], dtype: "float32" }, { shape: [2, 2], dtype: "int64" }],
    { axis: 1 },
  );
  const flag = graph.placeholder("input/flag", [], "bool");
  assertEquals(integerRange(fed), all);
  assertEquals(integerRange(table), [3, 8]);
  assertEquals(integerRange(bytes), [0, 255]);
  assertEquals(integerRange(known), [-2, 7]);
  assertEquals(integerRange(number(4)), [4, 4]);
  assertEquals(integerRange(cast(graph, best, "int32")), [0, 5]);
  assertEquals(integerRange(places!), [0, 5]);
  const cube = graph.placeholder("input/cube", [2, 3, 7], "float32");
  const [, ofCube] = graph.applyMany(
    "TopK",
    [cube, graph.integers([2])],
    [{ shape: [2, 3, 2], dtype: "float32" }, {
      shape: [2, 3, 2],
      dtype: "int64",
    }],
    { axis: 2 },
  );
  assertEquals(integerRange(ofCube!), [0, 6]);
  assertEquals(integerRange(cast(graph, floats, "int32")), all);
  assertEquals(integerRange(cast(graph, flag, "int32")), [0, 1]);
  assertEquals(integerRange(reshape(graph, table, [3, 3])), [3, 8]);
  assertEquals(
    integerRange(graph.apply("Gather", [table, fed], [4], { axis: 0 })),
    [3, 8],
  );
  assertEquals(integerRange(add(graph, table, number(10))), [13, 18]);
  assertEquals(integerRange(add(graph, table, table)), [6, 16]);
  assertEquals(integerRange(add(graph, table, number(2 ** 31 - 4))), all); // it may wrap around
  assertEquals(integerRange(concat(graph, [table, known], 0)), [-2, 8]);
  assertEquals(integerRange(where(graph, flag, table, number(1))), [1, 8]);
  assertEquals(integerRange(graph.apply("Mod", [fed, number(7)], [4])), [0, 6]);
  assertEquals(integerRange(graph.apply("Mod", [fed, number(-7)], [4])), all);
  assertEquals(
    integerRange(graph.apply("Clip", [fed, number(0), number(9)], [4])),
    [0, 9],
  );
});

Deno.test("fedPositions() follows what only moves the numbers of an input", () => {
  const graph = new Graph();
  const fed = graph.placeholder("input/ids", [2, 3], "int32");
  const placesOf = (value: Parameters<typeof fedPositions>[0]) => {
    const found = fedPositions(value);
    return found && [...found.places];
  };
  assertEquals(placesOf(fed), [0, 1, 2, 3, 4, 5]);
  assertEquals(fedPositions(fed)?.input, "ids");
  assertEquals(placesOf(reshape(graph, fed, [6])), [0, 1, 2, 3, 4, 5]);
  assertEquals(placesOf(slice(graph, fed, [0, 1], [2, 2])), [1, 2, 4, 5]);
  assertEquals(placesOf(slice(graph, fed, [1, 0], [1, 2], [1, 2])), [3, 5]);
  assertEquals(placesOf(slice(graph, fed, [0, 2], [1, 3], [1, -1])), [2, 1, 0]);
  const row = graph.placeholder("input/ids", [6], "int32");
  const bounds = [[0], [5], [0], [2]].map((list) => graph.integers(list));
  assertEquals(placesOf(graph.apply("Slice", [row, ...bounds], [3])), [
    0,
    2,
    4,
  ]);
  const parts = graph.applyMany(
    "Split",
    [fed, graph.integers([1, 2])],
    [{ shape: [2, 1], dtype: "int32" }, { shape: [2, 2], dtype: "int32" }],
    { axis: 1 },
  );
  assertEquals(parts.map(placesOf), [[0, 3], [1, 2, 4, 5]]);
  assertEquals(placesOf(cast(graph, fed, "int64")), [0, 1, 2, 3, 4, 5]);
  const turned = transpose(graph, fed, [1, 0]);
  assertEquals(placesOf(turned), [0, 3, 1, 4, 2, 5]);
  assertEquals(placesOf(slice(graph, turned, [1, 0], [2, 1])), [1, 2]);
  const cube = graph.placeholder("input/cube", [2, 2, 2], "int32");
  assertEquals(placesOf(transpose(graph, cube, [2, 0, 1])), [
    0,
    2,
    4,
    6,
    1,
    3,
    5,
    7,
  ]);
  assertEquals(placesOf(add(graph, fed, fed)), undefined);
  assertEquals(
    placesOf(graph.placeholder("variable/v", [2], "int32")),
    undefined,
  );
  const floats = graph.placeholder("input/x", [2], "float32");
  assertEquals(placesOf(cast(graph, floats, "int32")), undefined);
});
