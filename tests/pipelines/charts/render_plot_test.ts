import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import type { TopLevelSpec } from "vega-lite";
import { drawPlot } from "../../../pipelines/charts/render_plot.ts";
import { loadDrawing } from "../../../pipelines/charts/vega.ts";
import { readPng, svgSize } from "./read_png.ts";

function plot(titleColor: string): TopLevelSpec {
  return {
    width: 100,
    height: 50,
    title: { text: "A title", color: titleColor },
    data: { values: [{ x: 1, y: 2 }, { x: 2, y: 3 }] },
    mark: "line",
    encoding: {
      x: { field: "x", type: "quantitative" },
      y: { field: "y", type: "quantitative" },
    },
  };
}

Deno.test("drawPlot() draws the PNG at twice the size of the SVG", async () => {
  const { png, svg } = await drawPlot("plot", plot("black"));
  const { width, height } = await readPng(png);
  assertEquals([width / 2, height / 2], [...svgSize(svg)]);
});

Deno.test("drawPlot() draws text, which an unknown font would leave out silently", async () => {
  const black = await readPng((await drawPlot("plot", plot("black"))).png);
  const white = await readPng((await drawPlot("plot", plot("white"))).png);
  assertEquals(black.rgba.length, white.rgba.length);
  assertNotEquals(black.rgba, white.rgba);
});

Deno.test("drawPlot() makes room for text as wide as Skia draws it", async () => {
  const { skia } = await loadDrawing();
  const context = skia.createCanvas(1, 1).getContext("2d");
  context.font = "bold 13px DejaVu Sans";
  const text = "A title much wider than the plot below it";
  const spec = { ...plot("black"), width: 10, title: text } as TopLevelSpec; // a plot that is a line
  const [width] = svgSize((await drawPlot("plot", spec)).svg);
  const padding = 2 * 12;
  assertEquals(width, Math.ceil(context.measureText(text).width + padding));
});

Deno.test("drawPlot() gives the same bytes for the same specification", async () => {
  const first = await drawPlot("plot", plot("black"));
  assertEquals(await drawPlot("plot", plot("black")), first);
});

Deno.test("drawPlot() returns a specification that draws the same figure", async () => {
  const first = await drawPlot("plot", plot("black"));
  const copy: TopLevelSpec = JSON.parse(JSON.stringify(first.spec));
  assertEquals((await drawPlot("plot", copy)).png, first.png);
});

Deno.test("drawPlot() names the shipped font and others to fall back on", async () => {
  const { svg } = await drawPlot("plot", plot("black"));
  const families = new Set(svg.match(/font-family="[^"]*"/g));
  assertEquals([...families], [
    'font-family="DejaVu Sans, Verdana, sans-serif"',
  ]);
});

Deno.test("drawPlot() refuses a specification that Vega warns about", async () => {
  const spec: TopLevelSpec = {
    data: { values: [{ x: 1 }] },
    mark: "point",
    encoding: {
      x: {
        field: "x",
        type: "quantitative",
        scale: { type: "log", zero: true },
      },
    },
  };
  await assertRejects(
    () => drawPlot("wrong", spec),
    TypeError,
    'Expected to draw wrong without warnings but found: WARN: x-scale\'s "zero"',
  );
});

Deno.test("drawPlot() refuses data and images that are not in the specification", async () => {
  const image = (url: string): TopLevelSpec => ({
    data: { values: [{ url }] },
    mark: { type: "image", width: 10, height: 10 },
    encoding: { url: { field: "url" } },
  });
  const refused: Record<string, TopLevelSpec> = {
    "an image as a data URL but found https://example.com/a.png": image(
      "https://example.com/a.png",
    ),
    "Cannot read an image": image("data:image/png;base64,AAAA"),
    "data inline but found rows.json": {
      data: { url: "rows.json" },
      mark: "point",
      encoding: {},
    },
  };
  for (const [reason, spec] of Object.entries(refused)) {
    await assertRejects(() => drawPlot("remote", spec), TypeError, reason);
  }
});
