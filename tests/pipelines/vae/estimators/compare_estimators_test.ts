import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { compareEstimators } from "../../../../pipelines/vae/estimators/compare_estimators.ts";
import { toyImages, toyVae } from "../toy_vae.ts";

const EVEN = -4 * Math.LN2; // four fair coins, whatever the latents are

const request = {
  ...{ images: toyImages, latent: 2, estimateImages: 3, samples: 100 },
  ...{ chains: 4, distributions: 27, leapfrogSteps: 2 },
};

const run = { seed: 0, device: "cpu", threads: 1 } as const;

Deno.test("compareEstimators() meets what is known of a decoder that ignores its latents", async () => {
  // the encoder is off by one standard deviation: its weights differ, those of the prior do not
  using vae = toyVae({ "encoder/mean/bias": [1, 0] });
  const store = memoryRun();
  const input = { ...request, vae };
  const { estimates } = await execute(compareEstimators, input, {
    ...run,
    store,
  });
  const { points, sandwich } = estimates;
  assertEquals([estimates.latent, estimates.images], [2, 3]);
  assertEquals(points.map(({ estimator, size }) => [estimator, size]), [
    ...["prior", "encoder"].flatMap((name) =>
      [1, 10, 100].map((size) => [name, size])
    ),
    ...[1, 3, 9, 27].map((size) => ["annealing", size]),
  ]);
  assertAlmostEquals(estimates.truth!, EVEN, 1e-5);
  assertLess(estimates.spacingError!, 1e-5);
  for (const { estimator, bound, error, ...point } of points) {
    if (estimator === "encoder") continue;
    assertAlmostEquals(bound, EVEN, 1e-5, estimator);
    assertAlmostEquals(error!, 0, 1e-5, estimator);
    const drawn = estimator === "prior" ? 100 : 4;
    assertAlmostEquals(point.effectiveSampleSize, drawn, 1e-3, estimator);
  }
  // log weights 1/2 - z with z ~ N(1, 1): mean -1/2, variance 1
  const one = points.find(({ estimator }) => estimator === "encoder")!;
  assertAlmostEquals(one.bound, EVEN - 0.5, 4 / Math.sqrt(300));
  assertLess(one.effectiveSampleSize, 90);
  for (const bound of [sandwich.lower, sandwich.upper, sandwich.truth!.value]) {
    assertAlmostEquals(bound, EVEN, 1e-5);
  }
  assertAlmostEquals(sandwich.truth!.lower.mean, 0, 1e-5);
  assertAlmostEquals(sandwich.truth!.upper.mean, 0, 1e-5);
  assertAlmostEquals(estimates.annealingDifference!.mean, 0, 1e-5);
  assertEquals(store.records.length, points.length);
  assertEquals(store.records.map(({ step }) => step), points.map((_, i) => i));
  assertEquals(store.records[1]!.values["prior/size"], 10);
  assertEquals("prior/estimator" in store.records[1]!.values, false);
});

Deno.test("compareEstimators() looks at no more images than asked for, and counts whole powers of ten", async () => {
  using vae = toyVae();
  const input = { ...request, vae, estimateImages: 2, samples: 99 };
  const { estimates } = await execute(compareEstimators, input, run);
  assertEquals(estimates.images, 2);
  const sizes = estimates.points
    .filter(({ estimator }) => estimator === "prior").map(({ size }) => size);
  assertEquals(sizes, [1, 10]);
});
