import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  comparisonChart,
  type ComparisonChartOptions,
} from "../../../pipelines/charts/comparison_chart.ts";
import { readPng, svgSize } from "./read_png.ts";

const chart: ComparisonChartOptions = {
  name: "latents",
  title: "Latents",
  subtitle: "digits",
  rows: ["latent 2", "latent 5"],
  panels: [
    { title: "elbo", axis: "nats", values: [[-10, -12], [-8]] },
    { title: "kl", axis: "bits", values: [[3, 4], []] },
  ],
  repeated: "seed",
};

/** Marks of a kind, as the SVG describes them. */
function marks(svg: string, kind: string): number {
  return svg.split(`aria-roledescription="${kind}"`).length - 1;
}

Deno.test("comparisonChart() draws a PNG of twice the size of its SVG, the same at each call", async () => {
  const figure = await comparisonChart(chart);
  const { width, height } = await readPng(figure.png);
  assertEquals([width / 2, height / 2], [...svgSize(figure.svg)]);
  assertEquals(await comparisonChart(chart), figure);
});

Deno.test("comparisonChart() marks each repeated measurement, and a mean with its errors for each row that has some", async () => {
  const { svg } = await comparisonChart(chart);
  assertEquals(marks(svg, "point"), 2 + 2 + 2 + 1); // repeated, and means
  assertEquals(marks(svg, "rule mark"), 2 + 1);
  assertStringIncludes(svg, "circles: each seed; dots: means");
});

Deno.test("comparisonChart() names rows once, panels and their axes", async () => {
  const { svg } = await comparisonChart(chart);
  for (const text of ["latent 2", "latent 5", "elbo", "nats", "kl", "bits"]) {
    assertEquals(svg.split(`>${text}<`).length - 1, 1, text);
  }
});

Deno.test("comparisonChart() of single measurements speaks of no errors", async () => {
  const panels = [{ title: "elbo", axis: "nats", values: [[-10], [-8]] }];
  const { svg } = await comparisonChart({ ...chart, panels });
  assertEquals(svg.includes("standard errors"), false);
  assertEquals(marks(svg, "point"), 2);
});

Deno.test("comparisonChart() refuses what it cannot draw", () => {
  const refuse = (changes: Partial<ComparisonChartOptions>, reason: string) =>
    assertThrows(
      () => comparisonChart({ ...chart, ...changes }),
      RangeError,
      reason,
    );
  refuse(
    { rows: [] },
    "Expected a row and a panel in latents but found 0 and 2",
  );
  refuse({ panels: [] }, "found 2 and 0");
  const panel = { title: "elbo", axis: "nats" };
  refuse(
    { panels: [{ ...panel, values: [[], []] }] },
    "Expected finite measurements of elbo in latents but found none",
  );
  refuse({ panels: [{ ...panel, values: [[1, NaN]] }] }, "but found 1, NaN");
});
