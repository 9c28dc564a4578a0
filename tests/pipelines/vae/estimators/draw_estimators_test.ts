import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { drawEstimators } from "../../../../pipelines/vae/estimators/draw_estimators.ts";
import type {
  EstimatePoint,
  Estimates,
  EstimatorName,
} from "../../../../pipelines/vae/estimators/estimates.ts";
import { pointsOf } from "../../points_of.ts";
import { toyDataset } from "../toy_vae.ts";

const point = (
  estimator: EstimatorName,
  size: number,
  bound: number,
  error?: number,
): EstimatePoint => ({
  ...{ estimator, size, evaluations: 3 * size, bound, predictedError: 0.5 },
  effectiveSampleSize: 100,
  ...error === undefined ? {} : { error },
});

const known: Estimates = {
  ...{ latent: 2, images: 6, truth: -90, spacingError: 0, acceptance: 0.5 },
  points: [
    ...[point("prior", 1, -900, 9), point("prior", 10, -500, 8)],
    ...[point("encoder", 1, -94, 2), point("encoder", 10, -92, 1)],
    ...[point("annealing", 5, -91, 0.25)],
  ],
  sandwich: {
    ...{ lower: -80.5, upper: -79.5 },
    truth: {
      value: -80,
      lower: { mean: -0.5, standardError: 0.125 },
      upper: { mean: 0.25, standardError: 0.0625 },
    },
  },
};

const { truth: _, ...rest } = known;
const unknown: Estimates = {
  ...rest,
  latent: 9,
  points: known.points.map(({ error: _, ...point }) => point),
  sandwich: { lower: -80.5, upper: -79.5 },
};

async function drawn(models: readonly Estimates[]) {
  const store = memoryRun();
  const input = { models, dataset: toyDataset };
  await execute(drawEstimators, input, { seed: 0, store });
  const spec = (name: string) => store.figures.get(name)?.spec;
  const text = (name: string) => JSON.stringify(spec(name));
  return { store, spec, text };
}

Deno.test("drawEstimators() draws bounds and errors by evaluations, measured and predicted apart", async () => {
  const { store, text } = await drawn([known]);
  assertEquals([...store.figures.keys()], ["bounds", "errors", "sandwich"]);
  const [prior, encoder, chains] = [
    ...["samples of the prior", "samples of the encoder", "annealed chains"],
  ];
  const bounds = pointsOf(store, "bounds")
    .map(({ series, x, y }) => [series, x, y]);
  for (
    const point of [[prior, 3, -900], [encoder, 30, -92], [chains, 15, -91]]
  ) {
    assert(bounds.some((one) => `${one}` === `${point}`), `${point}`);
  }
  const errors = pointsOf(store, "errors")
    .map(({ series, x, y }) => [series, x, y]);
  assertEquals(errors, [
    ["measured", 3, 9],
    ["measured", 30, 8],
    ...[3, 30].map((x) => ["predicted from the weights", x, 0.5]),
    ["measured", 3, 2],
    ["measured", 30, 1],
    ...[3, 30].map((x) => ["predicted from the weights", x, 0.5]),
    ["measured", 15, 0.25],
    ["predicted from the weights", 15, 0.5],
  ]);
  // -90 at the top, -94 in the middle: 4 * 4 below, and a twentieth of that above
  assert(text("bounds").includes('"domain":[-106,-89.2]'), text("bounds"));
  const unwrapped = text("bounds").replaceAll('","', " "); // a subtitle may take two lines
  assert(unwrapped.includes("off the axis: prior ≤ −500.0"), unwrapped);
  assert(!text("bounds").includes("encoder ≤"), text("bounds"));
});

Deno.test("drawEstimators() draws both bounds about quadrature, with two errors, and as they are without it", async () => {
  const about = await drawn([known]);
  const rows = (spec: unknown) =>
    (spec as { data: { values: Record<string, unknown>[] } }).data.values
      .map(({ label, value, lower, upper }) => [label, value, lower, upper]);
  assertEquals(rows(about.spec("sandwich")), [
    ["annealing up", -0.5, -0.75, -0.25],
    ["quadrature", 0, 0, 0],
    ["annealing down", 0.25, 0.125, 0.375],
  ]);
  const { store, spec } = await drawn([unknown]);
  assertEquals([...store.figures.keys()], ["bounds", "sandwich"]);
  assertEquals(rows(spec("sandwich")), [
    ["annealing up", -80.5, -80.5, -80.5],
    ["annealing down", -79.5, -79.5, -79.5],
  ]);
});

Deno.test("drawEstimators() draws several models apart, and the last point of each by its latents", async () => {
  const { store } = await drawn([known, unknown]);
  assertEquals([...store.figures.keys()], [
    ...["bounds_latent2", "errors_latent2", "sandwich_latent2"],
    ...["bounds_latent9", "sandwich_latent9", "latent_sweep"],
  ]);
  const points = pointsOf(store, "latent_sweep");
  const bounds = points.slice(0, points.length / 2);
  assertEquals(bounds.map(({ x, y }) => [x, y]), [
    ...[[2, -500], [9, -500], [2, -92], [9, -92], [2, -91], [9, -91]],
  ]);
  for (const { y } of points.slice(points.length / 2)) {
    assertAlmostEquals(Number(y), 2, 1e-12); // log10 of 100
  }
});
