import {
  assert,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import {
  scatterChart,
  type ScatterChartOptions,
} from "../../../pipelines/charts/scatter_chart.ts";
import { readPng, svgSize } from "./read_png.ts";

/** What this file reads of a scatter chart's specification. */
interface ScatterSpec {
  readonly title: { readonly subtitle: readonly string[] };
  readonly data: { readonly values: readonly object[] };
  readonly hconcat: readonly {
    readonly width: number;
    readonly height: number;
    readonly encoding: Readonly<
      Record<"x" | "y", {
        readonly field: string;
        readonly title: string;
        readonly scale: { readonly domain: readonly number[] };
      }>
    >;
    readonly layer: readonly {
      readonly data?: { readonly values: readonly object[] };
    }[];
  }[];
}

const plane: ScatterChartOptions = {
  name: "latents",
  title: "Latent means",
  points: Float32Array.of(0, 0, 0, 1, 0, 8, 5, 5),
  dimensions: ["z₁", "z₂"],
  classes: [0, 0, 0, 1],
  classNames: ["zero", "one"],
  classTitle: "digit",
};

const space: ScatterChartOptions = {
  ...plane,
  points: Float32Array.of(0, 1, 2, 3, 4, 5),
  dimensions: ["z₁", "z₂", "z₃"],
  classes: [0, 1],
};

async function specOf(options: ScatterChartOptions): Promise<ScatterSpec> {
  return (await scatterChart(options)).spec as ScatterSpec; // as `scatterChart` builds it
}

Deno.test("scatterChart() draws a PNG of twice the size of its SVG, the same at each call", async () => {
  const figure = await scatterChart(plane);
  const { width, height } = await readPng(figure.png);
  assertEquals([width / 2, height / 2], [...svgSize(figure.svg)]);
  assertEquals(await scatterChart(plane), figure);
});

Deno.test("scatterChart() names each class in the legend and at the median of its points", async () => {
  const { svg } = await scatterChart(plane);
  assertEquals(svg.split(">zero<").length - 1, 3); // legend, halo, ink
  const { hconcat } = await specOf(plane);
  assertEquals(hconcat[0]?.layer[1]?.data?.values, [
    { class: "zero", z0: 0, z1: 1 },
    { class: "one", z0: 5, z1: 5 },
  ]);
});

Deno.test("scatterChart() shows the three planes of a space", async () => {
  const { hconcat } = await specOf(space);
  const planes = hconcat.map((
    { encoding: { x, y } },
  ) => [x.title, y.title, x.field, y.field]);
  assertEquals(planes, [
    ["z₁", "z₂", "z0", "z1"],
    ["z₁", "z₃", "z0", "z2"],
    ["z₂", "z₃", "z1", "z2"],
  ]);
});

Deno.test("scatterChart() has equal axes in square panels", async () => {
  const { hconcat } = await specOf(space);
  const domains = hconcat.flatMap((
    { encoding: { x, y } },
  ) => [x.scale.domain, y.scale.domain]);
  assertEquals(new Set(domains.map(String)).size, 1);
  assert(hconcat.every(({ width, height }) => width === height));
});

Deno.test("scatterChart() draws every third point of 9,000, and says so", async () => {
  const { data, title } = await specOf({
    ...plane,
    points: new Float32Array(18_000).map((_, i) => i),
    classes: new Uint8Array(9000),
  });
  assertEquals(data.values.length, 3000);
  assertEquals(title.subtitle, ["3,000 of 9,000 points"]);
});

Deno.test("scatterChart() draws ten classes", async () => {
  const { svg } = await scatterChart({
    ...plane,
    points: new Float32Array(20).map((_, i) => i),
    classes: Uint8Array.from({ length: 10 }, (_, i) => i),
    classNames: [..."0123456789"],
  });
  assertStringIncludes(svg, "#92dadd"); // the tenth colour
});

Deno.test("scatterChart() refuses what it cannot draw", () => {
  const refuse = (options: Partial<ScatterChartOptions>, reason: string) =>
    assertThrows(
      () => scatterChart({ ...plane, ...options }),
      RangeError,
      reason,
    );
  refuse({ dimensions: ["z"] }, "2 or 3 dimensions in latents but found 1");
  refuse({ points: new Float32Array(0), classes: [] }, "found 0 for 0");
  refuse(
    { classes: [0, 1] },
    "2 coordinates for each class in latents but found 8 for 2",
  );
  refuse({ classes: [0, 0, 0, 2] }, "found (5, 5) of class 2 at 3");
  refuse(
    { points: Float32Array.of(0, 0, 0, NaN, 0, 0, 0, 0) },
    "found (0, NaN) of class 0 at 1",
  );
  refuse(
    { classNames: [..."0123456789a"] },
    "at most 10 classes in latents but found 11",
  );
});
