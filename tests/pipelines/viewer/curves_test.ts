import {
  assertAlmostEquals,
  assertEquals,
  assertLessOrEqual,
} from "@std/assert";
import { curvePanel, ticks } from "../../../pipelines/viewer/curve_panel.ts";
import {
  CurveCollector,
  type CurvePoint,
  thinTo,
} from "../../../pipelines/viewer/curves.ts";
import { panelsOf } from "../../../pipelines/viewer/panels.ts";
import { HOSTILE, MARKUP } from "./viewed.ts";

/** Collects values, one a step. */
function collected(values: readonly number[], name = "loss") {
  const collector = new CurveCollector();
  values.forEach((value, i) =>
    collector.add({ step: i, epoch: i / 10, values: { [name]: value } })
  );
  return collector;
}

Deno.test("CurveCollector keeps a short curve as it is", () => {
  const [curve] = collected([3, 1, 2]).curves();
  assertEquals(curve?.points.map(({ step, value }) => [step, value]), [
    [0, 3],
    [1, 1],
    [2, 2],
  ]);
  assertEquals([curve?.count, curve?.last.value], [3, 2]);
});

Deno.test("CurveCollector keeps the extremes and the end of a long curve in little room", () => {
  const values = Array.from({ length: 100_000 }, (_, i) => Math.sin(i / 5000));
  values[41_234] = 9;
  values[77_777] = -9;
  const [curve] = collected(values).curves();
  const points = curve?.points ?? [];
  assertLessOrEqual(points.length, 1025);
  const kept = points.map(({ value }) => value);
  assertEquals([Math.max(...kept), Math.min(...kept)], [9, -9]);
  assertEquals(points.at(-1)?.step, 99_999);
  assertEquals(curve?.count, 100_000);
  const steps = points.map(({ step }) => step);
  assertEquals(steps, steps.toSorted((a, b) => a - b));
});

Deno.test("CurveCollector begins another curve where the steps begin again", () => {
  const collector = collected([3, 2]);
  collector.add({ step: 0, epoch: 0, values: { loss: 8 } });
  collector.add({ step: 1, epoch: 0.1, values: { loss: 7 } });
  assertEquals(
    collector.curves().map(({ name, last }) => [name, last.value]),
    [["loss", 2], ["loss (2)", 7]],
  );
});

Deno.test("CurveCollector counts what has no room, and no name harms it", () => {
  const collector = new CurveCollector();
  for (let i = 0; i < 500; i++) {
    collector.add({ step: i, epoch: i, values: { [`name${i}`]: 1 } });
  }
  assertEquals([collector.curves().length, collector.leftOut], [400, 100]);
  const odd = collected([1, 2], "__proto__");
  assertEquals(odd.curves().map(({ name }) => name), ["__proto__"]);
});

Deno.test("thinTo() keeps extremes, order and the last point", () => {
  const points: readonly CurvePoint[] = Array.from(
    { length: 1000 },
    (_, i) => ({ step: i, epoch: i, value: i === 500 ? 7 : i % 3 }),
  );
  const thin = thinTo(points, 50);
  assertLessOrEqual(thin.length, 51);
  assertEquals(Math.max(...thin.map(({ value }) => value)), 7);
  assertEquals(thin.at(-1), points.at(-1));
  assertEquals(thinTo(points.slice(0, 50), 50).length, 50);
});

Deno.test("panelsOf() draws parts of the data, seeds and runs of one quantity together", () => {
  const point = { step: 1, epoch: 1, value: 2 };
  const curve = (name: string) => ({
    name,
    points: [point],
    last: point,
    count: 1,
  });
  const names = [
    "train/elbo",
    "validation/elbo",
    "train/kl",
    "deep/seed-1/validation/loss",
    "deep/seed2/validation/loss",
  ];
  const panels = panelsOf([{ label: "", curves: names.map(curve) }]);
  assertEquals(
    panels.map(({ title, lines }) => [
      title,
      ...lines.map(({ label, color, isFaint }) => [label, color, isFaint]),
    ]),
    [
      ["elbo", ["train", 0, true], ["validation", 1, false]],
      ["kl", ["train", 0, true]],
      ["deep/loss", ["seed-1 validation", 0, false], [
        "seed2 validation",
        1,
        false,
      ]],
    ],
  );
  const [both] = panelsOf([
    { label: "latent 2", curves: [curve("train/elbo")] },
    { label: "latent 3", curves: [curve("train/elbo")] },
  ]);
  assertEquals(both?.lines.map(({ label, color }) => [label, color]), [
    ["latent 2 · train", 0],
    ["latent 3 · train", 1],
  ]);
});

Deno.test("curvePanel() draws a line through its points", () => {
  const points = [0, 1, 2].map((step) => ({ step, epoch: 0, value: step }));
  const last = points[2]!; // of three
  const line = { label: "a", color: 0, isFaint: false, points, last };
  const markup = String(
    curvePanel({ title: "loss", axis: "step", lines: [line] }),
  );
  const [, path = ""] = /<polyline\s+points="([^"]*)"/.exec(markup) ?? [];
  const places = path.split(" ").map((pair) => pair.split(",").map(Number));
  assertEquals(places.map(([x]) => x), [0, 168, 336]);
  const [[, low = 0] = [], [, middle = 0] = [], [, high = 0] = []] = places;
  assertAlmostEquals(middle, (low + high) / 2, 0.1);
  assertEquals(low > high, true); // SVG counts downwards
});

Deno.test("curvePanel() shows a long training without its beginning, and says so", () => {
  const points = Array.from(
    { length: 100 },
    (_, step) => ({ step, epoch: 0, value: step < 3 ? 1e6 : 100 - step }),
  );
  const line = {
    label: "",
    color: 0,
    isFaint: false,
    points,
    last: points[99]!,
  };
  const panel = { title: "loss", axis: "step", lines: [line] } as const;
  assertEquals(String(curvePanel(panel)).includes("begins outside"), true);
  const calm = { ...line, points: points.slice(3) };
  const shown = String(curvePanel({ ...panel, lines: [calm] }));
  assertEquals(shown.includes("begins outside"), false);
});

Deno.test("curvePanel() lets no name become markup, and draws a constant and huge numbers", () => {
  for (const value of [0, 5, 1e300, -1e-300]) {
    const points = [0, 1].map((step) => ({ step, epoch: 0, value }));
    const line = {
      label: HOSTILE,
      color: 9,
      isFaint: true,
      points,
      last: points[1]!,
    };
    const markup = String(
      curvePanel({ title: HOSTILE, axis: "step", lines: [line] }),
    );
    assertEquals(MARKUP.test(markup), false);
    assertEquals(/NaN|Infinity/.test(markup), false);
  }
});

Deno.test("ticks() are round numbers in the range", () => {
  assertEquals(ticks({ low: 0, high: 3 }, 5), [0, 1, 2, 3]);
  assertEquals(ticks({ low: -580, high: -190 }, 4), [-500, -400, -300, -200]);
  assertEquals(ticks({ low: 0.13, high: 0.31 }, 4), [0.15, 0.2, 0.25, 0.3]);
  assertEquals(ticks({ low: 2, high: 2 }, 4), [2]);
});
