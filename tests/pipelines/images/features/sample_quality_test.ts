import { assertEquals, assertNotEquals } from "@std/assert";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { drawDigits } from "../../../../pipelines/images/digits/built_in_digits.ts";
import {
  featureWidth,
  loadFeatureNetwork,
} from "../../../../pipelines/images/features/digit_features.ts";
import {
  classCoverage,
  frechetDistance,
} from "../../../../pipelines/images/features/image_quality.ts";
import { sampleQuality } from "../../../../pipelines/images/features/sample_quality.ts";
import { precisionAndRecall } from "../../../../pipelines/statistics/nearest_neighbours.ts";

Deno.test("sampleQuality() holds all measures of the same images, and accuracy where classes were asked for", async () => {
  using network = await loadFeatureNetwork({ device: "cpu", threads: 1 });
  const [made, real] = [drawDigits(keyFrom(1), 40), drawDigits(keyFrom(2), 50)];
  const seen = await network.measure(made.pixels);
  const others = await network.measure(real.pixels);
  const wanted = Array.from(made.labels);
  const found = await sampleQuality(network, made.pixels, others, wanted);
  const within = precisionAndRecall(
    seen.features,
    others.features,
    featureWidth,
  );
  assertEquals(found, {
    count: 40,
    frechet: frechetDistance(seen, network.testMoments),
    ...classCoverage(seen, wanted),
    ...within,
  });
  assertNotEquals(within.precision, within.recall);
  const without = await sampleQuality(network, made.pixels, others);
  assertEquals("accuracy" in without, false);
});
