import { assertAlmostEquals, assertEquals } from "@std/assert";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { bounds, type FamilyRun } from "../../../pipelines/families/family.ts";
import {
  DRAWN,
  measureFamilies,
} from "../../../pipelines/families/measure_families.ts";
import { nearestImages } from "../../../pipelines/families/nearest_images.ts";
import { drawDigits } from "../../../pipelines/images/digits/built_in_digits.ts";
import {
  featureWidth,
  loadFeatureNetwork,
} from "../../../pipelines/images/features/digit_features.ts";
import { classCoverage } from "../../../pipelines/images/features/image_quality.ts";
import { sampleQuality } from "../../../pipelines/images/features/sample_quality.ts";
import type { GreyImages } from "../../../pipelines/images/images.ts";
import { precisionAndRecall } from "../../../pipelines/statistics/nearest_neighbours.ts";
import { meanAndError } from "../../../pipelines/statistics/mean_and_error.ts";

const SIZE = 28 * 28;

const grey: GreyImages = {
  train: drawDigits(keyFrom(1), 60),
  validation: drawDigits(keyFrom(2), 80),
  test: drawDigits(keyFrom(3), 90),
};

const runOf = (
  pixels: Uint8Array<ArrayBuffer>,
  rest: Partial<FamilyRun> & { readonly parameters?: number } = {},
): FamilyRun => {
  const { parameters, ...own } = rest;
  return {
    ...{ title: "Copier", name: "copier", seconds: 12, summary: {} },
    trainingSeconds: 8,
    samples: {
      ...{ pixels, count: pixels.length / SIZE, made: "copies", parameters },
      perSecond: 5,
    },
    ...own,
  };
};

/** Images i * from / count, as they lie. */
function spread(pixels: Uint8Array, count: number): Uint8Array<ArrayBuffer> {
  const all = pixels.length / SIZE;
  const out = new Uint8Array(count * SIZE);
  for (let i = 0; i < count; i++) {
    const at = Math.floor(i * all / count) * SIZE;
    out.set(pixels.subarray(at, at + SIZE), i * SIZE);
  }
  return out;
}

Deno.test("measureFamilies() measures copies, other samples, and validation images by the same rules", async () => {
  const copies = grey.train.pixels.slice(0, 40 * SIZE);
  const drawn = drawDigits(keyFrom(4), 30).pixels;
  const familyRuns = [
    runOf(copies, { parameters: 7 }),
    runOf(drawn, {
      ...{ title: "Drawer", name: "drawer", bound: bounds.threshold },
      summary: {
        ...{ parameters: 99, "test/logLikelihood": SIZE * Math.log(0.5) },
        "test/logLikelihoodStdErr": SIZE * Math.LN2,
      },
    }),
  ];
  const { rows } = await execute(
    measureFamilies,
    { familyRuns, grey, nearest: 20 },
    { seed: 0, device: "cpu", threads: 1 },
  );
  const [copier, drawer, real] = rows;
  assertEquals(rows.length, 3);
  assertEquals([copier!.nearest.mean, copier!.closest], [0, 0]);
  assertEquals(copier!.first, copies.slice(0, DRAWN * SIZE));
  assertEquals(copier!.neighbours, copies.slice(0, DRAWN * SIZE));
  assertEquals([copier!.parameters, drawer!.parameters], [7, 99]);
  assertEquals([copier!.bits, copier!.bitsOf], [undefined, undefined]);
  assertAlmostEquals(drawer!.bits!.bits, 1, 1e-12);
  assertAlmostEquals(drawer!.bits!.standardError!, 1, 1e-12);
  assertEquals(drawer!.bitsOf, "black and white by threshold");
  assertEquals([drawer!.title, drawer!.name, drawer!.made], [
    ...["Drawer", "drawer", "copies"],
  ]);
  assertEquals([drawer!.seconds, drawer!.perSecond], [12, 5]);
  assertEquals(drawer!.trainingSeconds, 8);

  const near = nearestImages(drawn, grey.train.pixels, SIZE);
  const distances = near.slice(0, 20).map(({ distance }) => distance);
  assertEquals(drawer!.nearest, meanAndError(distances));
  assertEquals(drawer!.closest, Math.min(...distances));
  near.slice(0, DRAWN).forEach(({ index }, i) =>
    assertEquals(
      drawer!.neighbours.slice(i * SIZE, (i + 1) * SIZE),
      grey.train.pixels.slice(index * SIZE, (index + 1) * SIZE),
    )
  );

  using network = await loadFeatureNetwork({ device: "cpu", threads: 1 });
  // as many test and validation images as the most samples, 40, spread evenly
  const test = await network.measure(spread(grey.test.pixels, 40));
  assertEquals(drawer!.quality, await sampleQuality(network, drawn, test));
  const held = await network.measure(spread(grey.validation.pixels, 40));
  const { frechet: _, count, ...measured } = real!.quality;
  assertEquals(count, 40);
  assertEquals(measured, {
    ...classCoverage(held),
    ...precisionAndRecall(held.features, test.features, featureWidth),
  });
  assertEquals([real!.title, real!.name], [
    ...["validation images", "validation-images"],
  ]);
  for (const name of ["bits", "parameters", "seconds", "perSecond"] as const) {
    assertEquals(real![name], undefined);
  }
});
