import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  intervalChart,
  type IntervalChartOptions,
} from "../../../pipelines/charts/interval_chart.ts";
import { okabeIto } from "../../../pipelines/charts/theme.ts";
import { readPng, svgSize } from "./read_png.ts";

const chart: IntervalChartOptions = {
  name: "bounds",
  title: "Bounds",
  subtitle: "digits · test",
  x: { title: "log p(x) (nats)" },
  rows: [
    {
      label: "elbo",
      value: -103.4,
      lower: -103.7,
      upper: -103.1,
      expected: [-105, -103],
    },
    { label: "exact", value: -98.95 },
  ],
  interval: "± 2 standard errors",
};

const [blue = "", red = ""] = okabeIto;

Deno.test("intervalChart() draws a PNG of twice the size of its SVG, the same at each call", async () => {
  const figure = await intervalChart(chart);
  const { width, height } = await readPng(figure.png);
  assertEquals([width / 2, height / 2], [...svgSize(figure.svg)]);
  assertEquals(await intervalChart(chart), figure);
});

Deno.test("intervalChart() prints each value, with what is around it", async () => {
  const rows = [...chart.rows, {
    label: "skewed",
    value: 1,
    lower: 0,
    upper: 3,
  }];
  const { svg } = await intervalChart({ ...chart, rows });
  assertStringIncludes(svg, ">−103.40 ± 0.30<");
  assertStringIncludes(svg, ">−98.95<");
  assertStringIncludes(svg, ">1.00 (0.00 to 3.00)<");
});

Deno.test("intervalChart() prints no error as 0, unless it is below a millionth", async () => {
  const rows = [
    { label: "small", value: 0.161, lower: 0.145, upper: 0.177 },
    { label: "usual", value: 27.2, lower: 25.7, upper: 28.7 },
    { label: "none", value: 5, lower: 5, upper: 5 },
    { label: "tiny", value: 1, lower: 1 - 2 ** -30, upper: 1 + 2 ** -30 },
  ];
  const { svg } = await intervalChart({ ...chart, rows, decimals: 1 });
  assertStringIncludes(svg, ">0.16 ± 0.02<");
  assertStringIncludes(svg, ">27.2 ± 1.5<");
  assertStringIncludes(svg, ">5.0<");
  assertStringIncludes(svg, ">1.000000 ± 0.000000<"); // no more than six decimals
});

Deno.test("intervalChart() says what bars and bands are", async () => {
  const { svg } = await intervalChart(chart);
  assertStringIncludes(svg, ">bars: ± 2 standard errors; shaded: expected<");
});

Deno.test("intervalChart() marks a value outside its band", async () => {
  const row = { label: "elbo", value: 1, expected: [0, 2] } as const;
  const within = await intervalChart({ ...chart, rows: [row] });
  const outside = await intervalChart({
    ...chart,
    rows: [{ ...row, value: 3 }],
  });
  assertEquals([within.svg.includes(blue), within.svg.includes(red)], [
    true,
    false,
  ]);
  assertEquals([outside.svg.includes(blue), outside.svg.includes(red)], [
    false,
    true,
  ]);
});

Deno.test("intervalChart() shades a band only where one is expected", async () => {
  const bands = async (rows: IntervalChartOptions["rows"]) => {
    const { svg } = await intervalChart({ ...chart, rows });
    return svg.split('aria-roledescription="bar"').length - 1;
  };
  assertEquals(await bands(chart.rows), 1);
  assertEquals(await bands(chart.rows.slice(1)), 0);
});

Deno.test("intervalChart() refuses what it cannot draw", () => {
  const refuse = (rows: IntervalChartOptions["rows"], reason: string) =>
    assertThrows(() => intervalChart({ ...chart, rows }), RangeError, reason);
  refuse([], "Expected a row in bounds but found none");
  refuse(
    [{ label: "a", value: NaN }],
    'finite ends in order for "a" in bounds but found NaN',
  );
  refuse([{ label: "a", value: 1, lower: 2 }], "found 1, 2, 1");
  refuse([{ label: "a", value: 1, expected: [3, 2] }], "found 1, 1, 1, 3, 2");
});
