import { assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { keyFrom, split } from "../../../pipelines/core/random/key.ts";
import { perceptrons } from "../../../pipelines/gan/build_players.ts";
import { finishGanCase } from "../../../pipelines/gan/dcgan/finish_case.ts";
import { measurePace } from "../../../pipelines/gan/dcgan/measure_pace.ts";
import { generatorQuality } from "../../../pipelines/gan/evaluate_samples.ts";
import { samplerOf } from "../../../pipelines/gan/sample_images.ts";
import {
  featureWidth,
  loadFeatureNetwork,
} from "../../../pipelines/images/features/digit_features.ts";
import {
  classCoverage,
  frechetDistance,
} from "../../../pipelines/images/features/image_quality.ts";
import { spacedImages } from "../../../pipelines/images/spaced_images.ts";
import {
  frechetDistanceTo,
  momentsOf,
} from "../../../pipelines/statistics/frechet_distance.ts";
import { precisionAndRecall } from "../../../pipelines/statistics/nearest_neighbours.ts";
import { inContext } from "../in_context.ts";
import { turnsOf, withClock } from "../scripted_clock.ts";
import { smallGan, smallImages } from "./small_images.ts";

const run = { seed: 0, device: "cpu", threads: 1 } as const;
const players = () => perceptrons(784, smallGan, keyFrom(6));

Deno.test("generatorQuality() measures fresh samples beside training and test images", async () => {
  using made = players();
  using network = await loadFeatureNetwork(run);
  await inContext(async (context) => {
    const { generator } = made;
    const request = { generator, latent: 4, samples: 50, grey: smallImages };
    const found = await generatorQuality({ ...request, network }, context);
    using sampler = await samplerOf(generator, 4, context);
    const [key] = split(context.key, 2);
    const seen = await network.measure(await sampler.sample(key, 50));
    const real = await network.measure(
      spacedImages(smallImages.train, 50).pixels,
    );
    const test = await network.measure(smallImages.test.pixels);
    assertEquals(
      found.frechetDistance,
      frechetDistance(seen, network.testMoments),
    );
    assertEquals(found.shares, classCoverage(seen).shares);
    assertAlmostEquals(
      found.shares.reduce((sum, share) => sum + share),
      1,
      1e-12,
    );
    assertEquals([found.samples, found.realImages], [50, 50]);
    const more = await generatorQuality(
      { ...request, samples: 70, network },
      context,
    );
    assertEquals([more.samples, more.realImages], [70, 60]); // all there are
    const distance = frechetDistanceTo(network.testMoments);
    const moments = momentsOf(real.features, featureWidth);
    assertEquals(found.realDistance, distance(moments));
    // as many samples as test images
    const { precision, recall } = precisionAndRecall(
      seen.features.subarray(0, 40 * featureWidth),
      test.features,
      featureWidth,
    );
    assertEquals([found.precision, found.recall], [precision, recall]);
  });
});

Deno.test("finishGanCase() draws 36 samples, and counts what both players learn", async () => {
  using made = players();
  const { ganCase } = await execute(finishGanCase, {
    ...{ title: "toy", architecture: "mlp", epochs: 2, latent: 4 },
    ...{ players: made, training: {} as never, quality: {} as never }, // handed on
  }, run);
  const sizeOf = (variables: object) =>
    Object.values(variables).reduce((sum, { size }) => sum + size, 0);
  assertEquals(
    ganCase.parameters,
    sizeOf(made.generator.variables) + sizeOf(made.discriminator.variables),
  );
  assertEquals(ganCase.images.length, 36 * 784);
  assertEquals([ganCase.title, ganCase.epochs], ["toy", 2]);
});

Deno.test("measurePace() takes the given ratio, or else measures it once and writes it down", async () => {
  const input = {
    ...{ grey: smallImages, ...smallGan, channels: 4 },
  };
  const given = memoryRun();
  const { pace } = await execute(
    measurePace,
    { ...input, timeRatio: 6.5 },
    { ...run, store: given },
  );
  assertEquals(pace, 6.5);
  assertEquals(given.facts["settled"], { timeRatio: 6.5 });
  const store = memoryRun();
  const measured = () =>
    execute(measurePace, { ...input, timeRatio: 0 }, { ...run, store });
  const first = await measured();
  assertEquals(first.pace > 0 && Number.isFinite(first.pace), true);
  assertEquals(store.facts["settled"], { timeRatio: first.pace });
  assertEquals((await measured()).pace, first.pace); // of a run that goes on
  assertNotEquals(first.pace, 0);
});

Deno.test("measurePace() takes the middle one of five ratios of five turns, after one that does not count", async () => {
  const store = memoryRun();
  const input = { grey: smallImages, ...smallGan, channels: 4, timeRatio: 0 };
  const seconds = [[100, 1], [6, 2], [2, 1], [20, 2], [3, 6], [4, 1]];
  const times = turnsOf(seconds.flat().map((one) => 1000 * one));
  const [{ pace }, read] = await withClock(
    "dcgan/measure_pace.ts",
    times,
    () => execute(measurePace, input, { ...run, store }),
  );
  assertEquals([pace, read], [3, 24]); // of 0.5, 2, 3, 4 and 10
  const kept = await store.checkpoints.restore(["pace"]);
  assertEquals([kept?.step, kept?.state], [5, 3]);
});
