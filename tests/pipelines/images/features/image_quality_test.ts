import {
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { readPackageFile } from "../../../../pipelines/core/data/package_file.ts";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { normal } from "../../../../pipelines/core/random/normal.ts";
import { uniform } from "../../../../pipelines/core/random/uniform.ts";
import {
  featureWidth,
  loadFeatureNetwork,
} from "../../../../pipelines/images/features/digit_features.ts";
import {
  classCoverage,
  frechetDistance,
} from "../../../../pipelines/images/features/image_quality.ts";
import { loadData } from "../../../../pipelines/core/data/load_data.ts";
import { digitSource } from "../../../../pipelines/images/load_mnist.ts";
import { momentsOf } from "../../../../pipelines/statistics/frechet_distance.ts";

const run = { device: "cpu", threads: 1 } as const;
const data = Deno.env.get("LOWERBOUND_DATA");
const listener = { note: () => {}, signal: new AbortController().signal };

Deno.test("the feature network and its statistics are those of PyTorch", {
  ignore: !data,
}, async () => {
  using network = await loadFeatureNetwork(run);
  const { data: grey } = await loadData("mnist", digitSource, listener);
  const { test } = grey;
  const found = await network.measure(test.pixels);
  const { mean, covariance } = momentsOf(found.features, featureWidth);
  // float32 sums of 1,568 products of size one to ten
  mean.forEach((value, i) =>
    assertAlmostEquals(value, network.testMoments.mean[i]!, 1e-4)
  );
  covariance.forEach((value, i) =>
    assertAlmostEquals(value, network.testMoments.covariance[i]!, 1e-3)
  );
  const { accuracy, entropyBits, classes } = classCoverage(found, test.labels);
  assertEquals(classes, 10);
  assertEquals(accuracy, 0.985);
  assertAlmostEquals(entropyBits, Math.log2(10), 0.01);
  // PyTorch found 3.3 to 5.6 for 500 real training images
  const some = grey.train.pixels.slice(0, 500 * 784);
  const real = frechetDistance(
    await network.measure(some),
    network.testMoments,
  );
  assertLess(2, real.mean);
  assertLess(real.mean, 8);
  // images in the order of their classes, over and over, have no larger error: no group lacks a class
  const { labels, pixels } = grey.train;
  const turns = Array.from({ length: 50 }, (_, i) => i).flatMap((turn) =>
    Array.from({ length: 10 }, (_, digit) => nth(labels, digit, turn))
  );
  const ordered = new Uint8Array(500 * 784);
  turns.forEach((from, i) =>
    ordered.set(pixels.subarray(from * 784, (from + 1) * 784), i * 784)
  );
  const inTurn = await network.measure(ordered);
  const found500 = frechetDistance(inTurn, network.testMoments);
  assertLess(found500.standardError, 3 * real.standardError);
});

Deno.test("images without digits lie far from digits", async () => {
  using network = await loadFeatureNetwork(run);
  const noise = Uint8Array.from(
    uniform(keyFrom(1), 300 * 784),
    (u) => Math.floor(256 * u),
  );
  const measured = await network.measure(noise);
  const { mean } = frechetDistance(measured, network.testMoments);
  assertAlmostEquals(mean, 1468, 40); // by PyTorch, of 1,000 other images
});

Deno.test("frechetDistance() of normal vectors has the error that it states", () => {
  const count = 400;
  const reference = {
    mean: new Float64Array(featureWidth),
    covariance: Float64Array.from(
      { length: featureWidth ** 2 },
      (_, i) => i % (featureWidth + 1) === 0 ? 1 : 0,
    ),
  };
  const distances = Array.from({ length: 12 }, (_, seed) => {
    const features = normal(keyFrom(seed), count * featureWidth);
    return frechetDistance({ features, count }, reference);
  });
  const mean = distances.reduce((sum, d) => sum + d.mean, 0) / 12;
  const spread = Math.sqrt(
    distances.reduce((sum, d) => sum + (d.mean - mean) ** 2, 0) / 11,
  );
  const stated = distances.reduce((sum, d) => sum + d.standardError, 0) / 12;
  // a spread of 12 has a relative error of 1 / sqrt(22) = 0.21: within three of them
  assertLess(stated / spread, 2.5);
  assertLess(spread / stated, 2.5);
});

Deno.test("classCoverage() counts classes and agrees with a case by hand", () => {
  const probabilities = Float32Array.of(0.5, 0.5, 0, 0.25, 0.75, 0);
  const found = classCoverage({ probabilities, count: 2 }, [0, 0]);
  assertEquals(found.accuracy, 0.5); // the first of equals is the likeliest
  assertEquals(found.classes, 2);
  assertEquals(found.shares, [0.5, 0.5, 0]);
  assertEquals(found.confidence, 0.625);
  const entropy = -(0.375 * Math.log2(0.375) + 0.625 * Math.log2(0.625));
  assertAlmostEquals(found.entropyBits, entropy, 1e-12);
  assertThrows(
    () => classCoverage({ probabilities, count: 2 }, [0]),
    RangeError,
    "Expected 2 wanted classes but found 1",
  );
});

Deno.test("classCoverage() counts a class from a hundredth of the images on", () => {
  const coveredBy = (count: number) => {
    const probabilities = new Float32Array(2 * count);
    for (let i = 0; i < count; i++) {
      probabilities[2 * i + (i === 0 ? 1 : 0)] = 1;
    }
    return classCoverage({ probabilities, count });
  };
  assertEquals(coveredBy(100).classes, 2);
  assertEquals(coveredBy(101).classes, 1);
  assertEquals(coveredBy(101).shares, [100 / 101, 1 / 101]);
});

Deno.test("frechetDistance() refuses too few images, and broken pixels are refused", async () => {
  const features = new Float32Array(29 * featureWidth);
  const reference = momentsOf(features, featureWidth);
  assertThrows(
    () => frechetDistance({ features, count: 29 }, reference),
    RangeError,
    "Expected at least 30 images but found 29",
  );
  using network = await loadFeatureNetwork(run);
  await assertRejects(
    () => network.measure(new Uint8Array(785)),
    RangeError,
    "which the network that judges samples can read, but found 785 pixels",
  );
});

Deno.test("readPackageFile() refuses bytes that are not the known ones", async () => {
  const known = { path: "LICENSE", sha256: "0" };
  await assertRejects(
    () => readPackageFile(known),
    Error,
    "Expected SHA-256 0",
  );
});

/** The index of the nth image of a digit. */
function nth(
  labels: Uint8Array | Uint16Array,
  digit: number,
  n: number,
): number {
  let at = -1;
  for (let i = 0; i <= n; i++) at = labels.indexOf(digit, at + 1);
  return at;
}
