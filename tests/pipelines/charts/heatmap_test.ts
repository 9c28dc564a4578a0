import { assertEquals, assertThrows } from "@std/assert";
import {
  heatmap,
  type HeatmapOptions,
} from "../../../pipelines/charts/heatmap.ts";
import { readPng, svgSize } from "./read_png.ts";

const side = { title: "z", range: [0, 1], cells: 2 } as const;

/** Low at the bottom left, high at the top right, nothing at the top left. */
const map: HeatmapOptions = {
  name: "density",
  title: "Density",
  valueTitle: "nats",
  panels: [{ x: side, y: side, values: [0, 5, -Infinity, 10] }],
};

Deno.test("heatmap() draws a PNG of twice the size of its SVG, the same at each call", async () => {
  const figure = await heatmap(map);
  const { width, height } = await readPng(figure.png);
  assertEquals([width / 2, height / 2], [...svgSize(figure.svg)]);
  assertEquals(await Promise.all([heatmap(map), heatmap(map)]), [
    figure,
    figure,
  ]);
});

Deno.test("heatmap() puts the first row at the bottom, and leaves a cell without a value grey", async () => {
  const { svg, png } = await heatmap(map);
  const [left, top] = originOf(svg);
  const pixels = await readPng(png); // 130 pixels of the SVG a cell
  const middle = (column: number, row: number) =>
    pixels.at(2 * (left + 130 * column + 65), 2 * (top + 130 * row + 65));
  assertEquals(middle(0, 1), "68,1,84"); // the low end of viridis
  assertEquals(middle(1, 0), "253,231,37"); // its high end
  assertEquals(middle(0, 0), "217,217,217");
});

Deno.test("heatmap() draws cells side by side, without seams", async () => {
  const x = { ...side, cells: 7 }; // 260 pixels are no whole number of cells
  const { svg, png } = await heatmap({
    ...map,
    panels: [{ x, y: x, values: [...Array(48).fill(1), 0] }],
  });
  const [left, top] = originOf(svg);
  const pixels = await readPng(png);
  const y = 2 * top + 37; // in the middle of the highest cells, which lie left of the low one
  const row = Array.from(
    { length: 2 * 6 * 37 - 2 },
    (_, i) => pixels.at(2 * left + 1 + i, y),
  );
  assertEquals(new Set(row), new Set(["253,231,37"]));
});

Deno.test("heatmap() shares the colours of its panels", async () => {
  const panels = [0, 100].map((more) => ({
    x: side,
    y: side,
    values: [0, 1, 2, 3 + more],
  }));
  const { svg } = await heatmap({ ...map, panels });
  assertEquals(svg.split(">nats<").length - 1, 1);
});

Deno.test("heatmap() refuses what it cannot draw", () => {
  const refuse = (panels: HeatmapOptions["panels"], reason: string) =>
    assertThrows(() => heatmap({ ...map, panels }), RangeError, reason);
  refuse([], "Expected a value");
  refuse(
    [{ x: side, y: side, values: [NaN, NaN, NaN, NaN] }],
    "Expected a value",
  );
  refuse(
    [{ x: side, y: side, values: [1, 2, 3] }],
    "Expected 2 x 2 values in density but found 3",
  );
});

/** The upper left corner of the first panel, in pixels of the SVG. */
function originOf(svg: string): readonly [number, number] {
  const [, left, top] = /transform="translate\((\d+),(\d+)\)"/.exec(svg) ?? [];
  return [Number(left), Number(top)];
}
