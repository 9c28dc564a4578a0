import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
} from "@std/assert";
import { fold, keyFrom, split } from "../../../pipelines/core/random/key.ts";
import { permutation } from "../../../pipelines/core/random/permutation.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import type { Store } from "../../../pipelines/core/run/store.ts";
import { compareNetworks } from "../../../pipelines/features/compare_networks.ts";
import { leaveFeatures } from "../../../pipelines/features/leave_features.ts";
import { summarizeFeatures } from "../../../pipelines/features/summarize_features.ts";
import { trainFeatures } from "../../../pipelines/features/train_features.ts";
import { drawDigits } from "../../../pipelines/images/digits/built_in_digits.ts";
import {
  featureWidth,
  openFeatureNetwork,
} from "../../../pipelines/images/features/digit_features.ts";
import {
  decodeFeatureFile,
  readFeatureFile,
} from "../../../pipelines/images/features/feature_file.ts";
import { frechetDistance } from "../../../pipelines/images/features/image_quality.ts";
import { gather, take } from "../../../pipelines/images/split.ts";
import type { GreyImages } from "../../../pipelines/images/images.ts";
import { momentsOf } from "../../../pipelines/statistics/frechet_distance.ts";
import { readWeights } from "../../../pipelines/training/weights.ts";
import { reportIn } from "../report_in.ts";
import { stoppingAt } from "../stopping_at.ts";

const run = { seed: 0, device: "cpu", threads: 1 } as const;

const grey: GreyImages = {
  train: drawDigits(keyFrom(1), 640),
  validation: drawDigits(keyFrom(2), 100),
  test: drawDigits(keyFrom(3), 150),
};
const dataset = {
  ...{ name: "digits", sha256: "", origin: "built in", builtIn: true },
};

const settings = { epochs: 2, batch: 32, recordEvery: 10 };

async function trained(store: Store, signal?: AbortSignal) {
  return await execute(trainFeatures, { grey, ...settings }, {
    ...{ ...run, store },
    ...signal && { signal },
  });
}

Deno.test("a killed and resumed training of features has the records and the weights of a whole one, to the last bit", async () => {
  const whole = memoryRun();
  const { classifier, training } = await trained(whole);
  using _ = classifier;
  assertEquals(training.steps, 40);
  const [first, , last] = training.history.flatMap(({ values }) =>
    values["validation/accuracy"] ?? []
  );
  assert(first! < 0.3 && last! > 0.6, `${first} ${last}`); // it learns
  const store = memoryRun();
  const stopping = stoppingAt(store, ({ step }) => step === 30);
  await assertRejects(
    () => trained(stopping.store, stopping.signal),
    Error,
    "Stopped",
  );
  const resumed = await trained(store);
  using again = resumed.classifier;
  assertEquals(resumed.training.history, training.history);
  assertEquals(store.records, whole.records);
  assertEquals(
    await readWeights(again.variables),
    await readWeights(classifier.variables),
  );
});

Deno.test("a network is left with its accuracy and moments, and measured beside the package's", async () => {
  const store = memoryRun();
  const { classifier, training } = await trained(memoryRun());
  using _ = classifier;
  const { featureFile, accuracy } = await execute(
    leaveFeatures,
    { grey, dataset, classifier },
    { ...run, store },
  );
  const bytes = store.files.get("model/features.safetensors");
  assert(bytes instanceof Uint8Array);
  const read = await decodeFeatureFile(new Uint8Array(bytes), "left");
  assertEquals(read.weights, featureFile.weights);
  assertEquals(read.told["data"], "digits");
  assertEquals(
    read.told["statistics"],
    "150 test images, 640 training images",
  );
  using network = await openFeatureNetwork(read, run);
  const found = await network.measure(grey.test.pixels);
  const moments = momentsOf(found.features, featureWidth);
  moments.mean.forEach((value, i) =>
    // rounded to float32
    assertAlmostEquals(network.testMoments.mean[i]!, value, 1e-6 * (1 + value))
  );
  const wrong = accuracy.test.mean * 150;
  assertAlmostEquals(wrong, Math.round(wrong), 1e-9);
  assert(accuracy.test.mean > 0.7 && accuracy.train.mean > 0.8);

  const { comparison } = await execute(
    compareNetworks,
    { grey, featureFile, compared: 60 },
    run,
  );
  const [real] = comparison.sets;
  assertEquals([real?.change, real?.count], ["none", 60]);
  assertEquals(comparison.halves.count, 320);
  for (const { own, packaged, count, images } of comparison.sets) {
    assert(own.mean > 0 && packaged.mean > 0);
    assertEquals([count, images.length], [60, 10 * 784]);
  }
  // one half is nearer to the other, which has five times the images
  assert(comparison.halves.packaged.mean < real!.packaged.mean);

  const { summary } = await execute(
    summarizeFeatures,
    { training, accuracy, comparison },
    { ...run, store },
  );
  assertEquals(summary["test/accuracy"], accuracy.test.mean);
  assertEquals(summary["real/own"], real?.own.mean);
  assertEquals(summary["updates"], 40);
  assert(Object.values(summary).every(Number.isFinite));
  const report = reportIn(store);
  assert(report.includes("blurred by 1 pixel "), report);
  assert(!/NaN|undefined/.test(report), report);
});

Deno.test("a network compared with itself agrees to the last digit", async () => {
  const featureFile = await readFeatureFile();
  const { comparison } = await execute(
    compareNetworks,
    { grey, featureFile, compared: 30 },
    run,
  );
  for (const { own, packaged } of [comparison.halves, ...comparison.sets]) {
    assertEquals(own, packaged);
  }
});

Deno.test("the distance of two halves has the error of both", async () => {
  const featureFile = await readFeatureFile();
  const { comparison } = await execute(
    compareNetworks,
    { grey, featureFile, compared: 30 },
    run,
  );
  const [key] = split(fold(keyFrom(run.seed), "compare"), 2);
  const mixed = gather(grey.train, permutation(key, 640));
  using network = await openFeatureNetwork(featureFile, run);
  const half = 320 * 784;
  const one = await network.measure(mixed.pixels.slice(0, half));
  const other = await network.measure(mixed.pixels.slice(half));
  const errors = [[one, other], [other, one]].map(([sample, reference]) =>
    frechetDistance(sample!, momentsOf(reference!.features, featureWidth))
      .standardError
  );
  const { standardError } = comparison.halves.own;
  assertAlmostEquals(standardError, Math.hypot(...errors), 1e-12);
});

Deno.test("images that the network cannot read are refused before its training", async () => {
  const small = { ...grey.train, rows: 14, columns: 56 };
  await assertRejects(
    () => execute(trainFeatures, { grey: { ...grey, train: small } }, run),
    Error,
    "Expected images of 28 x 28 pixels but found 14 x 56",
  );
  const classes = { title: "letter", names: [..."abcdefghijk"] };
  await assertRejects(
    () => execute(trainFeatures, { grey: { ...grey, classes } }, run),
    Error,
    "Expected images of 2 to 10 classes, which the network learns to tell apart, but found 11",
  );
  const few = [{ train: take(grey.train, 59) }, { test: take(grey.test, 1) }];
  for (const own of few) {
    await assertRejects(
      () => execute(trainFeatures, { grey: { ...grey, ...own } }, run),
      Error,
      "Expected at least 60 training and 2 test images, which the network is to measure, but found",
    );
  }
});
