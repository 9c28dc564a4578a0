import {
  assertEquals,
  assertNotEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import {
  lineChart,
  type LineChartOptions,
  type LineSeries,
} from "../../../pipelines/charts/line_chart.ts";
import { readPng, svgSize } from "./read_png.ts";

/** What this file reads of a line chart's specification. */
interface LineSpec {
  readonly title: { readonly subtitle: readonly string[] };
  readonly concat: readonly {
    readonly title?: { readonly text: string };
    readonly encoding: {
      readonly y: { readonly scale: { readonly domain: readonly number[] } };
    };
    readonly layer: readonly {
      readonly mark: { readonly type: string; readonly baseline?: string };
      readonly data: {
        readonly values: readonly Readonly<Record<string, unknown>>[];
      };
    }[];
  }[];
}

const curve = [0, 1, 2, 3].map((x) => ({ x, y: x * x }));

const chart: LineChartOptions = {
  name: "loss",
  title: "Loss",
  subtitle: "digits · test",
  x: { title: "step" },
  y: { title: "loss (nats)" },
  series: [{ label: "training", points: curve }],
};

async function specOf(options: Partial<LineChartOptions>): Promise<LineSpec> {
  const { spec } = await lineChart({ ...chart, ...options });
  return spec as LineSpec; // as `lineChart` builds it
}

Deno.test("lineChart() draws a PNG of twice the size of its SVG, the same at each call", async () => {
  const figure = await lineChart(chart);
  const { width, height } = await readPng(figure.png);
  assertEquals([width / 2, height / 2], [...svgSize(figure.svg)]);
  assertEquals(await lineChart(chart), figure);
});

Deno.test("lineChart() draws its title", async () => {
  const one = await readPng((await lineChart(chart)).png);
  const other = await readPng(
    (await lineChart({ ...chart, title: "Gain" })).png,
  );
  assertEquals(one.rgba.length, other.rgba.length);
  assertNotEquals(one.rgba, other.rgba);
});

Deno.test("lineChart() makes a panel for each name, in order", async () => {
  const series = ["b", "a", "b"].map((panel, i) => ({
    label: `${i}`,
    panel,
    points: curve,
  }));
  const { concat } = await specOf({ series });
  assertEquals(concat.map(({ title }) => title?.text), ["b", "a"]);
});

Deno.test("lineChart() shares the range of its panels unless each has its own", async () => {
  const high = curve.map(({ x, y }) => ({ x, y: y + 100 }));
  const series = [{ label: "one", panel: "low", points: curve }, {
    label: "one",
    panel: "high",
    points: high,
  }];
  const domains = ({ concat }: LineSpec) =>
    concat.map(({ encoding }) => encoding.y.scale.domain);
  const [low, alsoLow] = domains(await specOf({ series }));
  assertEquals(low, alsoLow);
  assertEquals(domains(await specOf({ series, panelRange: "own" })), [[
    -0.45,
    9.45,
  ], [99.55, 109.45]]); // 5% of 9
});

Deno.test("lineChart() breaks a line where a value is missing", async () => {
  const points = [1, NaN, 3, Infinity, 5].map((y, x) => ({ x, y }));
  const { concat } = await specOf({ series: [{ label: "broken", points }] });
  assertEquals(concat[0]?.layer[0]?.data.values, [
    { series: "broken", part: 0, x: 0, y: 1 },
    { series: "broken", part: 1, x: 2, y: 3 },
    { series: "broken", part: 2, x: 4, y: 5 },
  ]);
});

Deno.test("lineChart() breaks a line where a value has no logarithm", async () => {
  const points = [1, 0, 100].map((y, x) => ({ x, y }));
  const { concat } = await specOf({
    y: { title: "norm", scale: "log" },
    series: [{ label: "norm", points }],
  });
  assertEquals(concat[0]?.layer[0]?.data.values.map(({ part }) => part), [
    0,
    1,
  ]);
});

Deno.test("lineChart() draws a band only where a point has both ends", async () => {
  const points = [{ x: 0, y: 1, lower: 0, upper: 2 }, { x: 1, y: 1, lower: 0 }];
  const { concat } = await specOf({ series: [{ label: "band", points }] });
  assertEquals(
    concat[0]?.layer.map(({ mark, data }) => [mark.type, data.values.length]),
    [["area", 1], ["line", 2], ["circle", 2]],
  );
});

Deno.test("lineChart() marks the points of short lines, and those between gaps", async () => {
  const marks = async (points: LineSeries["points"], stroke?: "broad") => {
    const one = { label: "one", points, ...stroke ? { stroke } : {} };
    const { concat } = await specOf({ series: [one] });
    return concat[0]?.layer.filter(({ mark }) => mark.type === "circle")
      .map(({ data }) => data.values.map(({ x }) => x))[0] ?? [];
  };
  const line = (length: number) =>
    Array.from({ length }, (_, x) => ({ x, y: x }));
  assertEquals(await marks(line(1)), [0]);
  assertEquals((await marks(line(12))).length, 12);
  assertEquals(await marks(line(13)), []);
  const broken = line(20).map(({ x, y }) => ({ x, y: x === 1 ? NaN : y }));
  assertEquals(await marks(broken), [0]);
  assertEquals(await marks(line(1), "broad"), []);
  const { svg } = await lineChart({
    ...chart,
    y: { title: "y", domain: [0, 1] },
  });
  const [, height] = svgSize(svg); // y is up to 9: seven times the panel
  assertEquals(height < 400, true, String(height));
});

Deno.test("lineChart() draws broad lines below thin ones, whatever their order", async () => {
  const { concat } = await specOf({
    series: [
      { label: "thin", points: curve },
      { label: "broad", points: curve, stroke: "broad" },
    ],
  });
  assertEquals(
    concat[0]?.layer.map(({ data }) => data.values[0]?.["series"]),
    ["broad", "thin", "thin"], // the last are marks
  );
});

Deno.test("lineChart() writes the unit of a panel beside it", async () => {
  const { svg } = await lineChart({
    ...chart,
    yTitles: { right: "units" },
    series: ["left", "right"].map((panel) => ({
      ...{ label: "one", panel, points: curve },
    })),
  });
  assertStringIncludes(svg, ">loss (nats)<");
  assertStringIncludes(svg, ">units<");
});

Deno.test("lineChart() breaks a long subtitle into lines", async () => {
  const { title } = await specOf({ subtitle: "many words ".repeat(12) });
  assertEquals(title.subtitle.length, 2);
  assertEquals(title.subtitle.every((line) => line.length <= 84), true);
});

Deno.test("lineChart() writes a floor's meaning below it, a ceiling's above", async () => {
  const baselines = async (y: number) => {
    const { concat } = await specOf({ rules: [{ y, label: "bound" }] });
    return concat[0]?.layer.map(({ mark }) => mark.baseline);
  };
  assertEquals(await baselines(-1), [undefined, undefined, undefined, "top"]);
  assertEquals(await baselines(10), [
    undefined,
    undefined,
    undefined,
    "bottom",
  ]);
});

Deno.test("lineChart() says in its subtitle how long lines are thinned", async () => {
  const points = Array.from({ length: 2000 }, (_, x) => ({ x, y: x }));
  const series = [{ label: "long", points }];
  const { title } = await specOf({ series, thinning: "mean" });
  assertEquals(title.subtitle, [
    "digits · test",
    "long lines: mean within 250 intervals of the axis",
  ]);
  assertEquals((await specOf({})).title.subtitle, ["digits · test"]);
});

Deno.test("lineChart() draws twelve lines in the order of depth, dashed lines, and two logarithmic axes", async () => {
  const series = Array.from({ length: 12 }, (_, depth) => ({
    label: `layer ${depth}`,
    points: curve.map(({ x, y }) => ({ x: x + 1, y: (y + 1) * 10 ** -depth })),
    dash: depth % 2 === 0 ? "solid" as const : "dashed" as const,
  }));
  const x = { title: "step", scale: "log" } as const;
  const { svg } = await lineChart({
    ...chart,
    x,
    y: x,
    series,
    palette: "sequential",
  });
  assertStringIncludes(svg, ">layer 11<");
  assertStringIncludes(svg, ">10⁻¹⁰<");
});

Deno.test("lineChart() refuses what it cannot draw", () => {
  const refuse = (options: Partial<LineChartOptions>, reason: string) =>
    assertThrows(() => lineChart({ ...chart, ...options }), RangeError, reason);
  refuse({ series: [] }, "Expected a series in loss but found none");
  refuse(
    { series: [{ label: "empty", points: [] }] },
    'a point to draw in series "empty" of loss but found none',
  );
  refuse(
    { series: [{ label: "lost", points: [{ x: 0, y: NaN }] }] },
    'series "lost"',
  );
  const nine = Array.from(
    { length: 9 },
    (_, i) => ({ label: `${i}`, points: curve }),
  );
  refuse({ series: nine }, "at most 8 unrelated lines in loss but found 9");
});
