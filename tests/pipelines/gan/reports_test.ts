import { assertEquals } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import type { GanCase } from "../../../pipelines/gan/dcgan/gan_case.ts";
import { reportDcgan } from "../../../pipelines/gan/dcgan/report_dcgan.ts";
import type { GeneratorQuality } from "../../../pipelines/gan/evaluate_samples.ts";
import { reportModes } from "../../../pipelines/gan/modes/report_modes.ts";
import { reportGan } from "../../../pipelines/gan/report_gan.ts";
import { summarizeGan } from "../../../pipelines/gan/summarize_gan.ts";
import type { DatasetInfo } from "../../../pipelines/core/data/dataset_info.ts";
import type { GreyImages } from "../../../pipelines/images/images.ts";
import type { Training } from "../../../pipelines/training/training.ts";
import { assertNumbers } from "../assert_numbers.ts";
import { reportIn } from "../report_in.ts";

type Images = { readonly grey: GreyImages; readonly dataset: DatasetInfo };
const mnist = { grey: {}, dataset: { name: "mnist" } } as Images; // no more is read

const quality = (frechet: number): GeneratorQuality => ({
  frechetDistance: { mean: frechet, standardError: frechet / 50 },
  ...{ classes: 9, klToUniform: 0.0625, confidence: 0.875 },
  shares: [0.02, 0.1, 0.3, 0.1, 0.08, 0.1, 0.1, 0.1, 0.095, 0.005],
  ...{ samples: 12_345, realImages: 12_345, realDistance: 1.25 },
  ...{ precision: 0.81, recall: 0.52 },
});

function training(
  records: readonly (readonly [number, number, Record<string, number>])[],
  steps = 30,
): Training {
  return {
    history: records.map(([step, epoch, values]) => ({ step, epoch, values })),
    ...{ snapshots: [], steps, bestStep: 0 },
  };
}

const turns = (generatorLoss: number) => ({
  "train/generatorLoss": generatorLoss,
  "train/discriminatorLoss": 2 * generatorLoss,
  ...{ "train/real": 0.75, "train/fake": 0.25, "train/fakeAfter": 0.125 },
  "train/gradientNorm": 16,
});

const game = training([
  [0, 0, { "samples/frechetDistance": 900 }],
  [10, 0.5, turns(0.5)],
  [20, 1, turns(1.5)],
  [20, 1, { "samples/frechetDistance": 400 }],
  [30, 1.5, turns(2)],
  [40, 2, turns(4)],
  [40, 2, { "samples/frechetDistance": 100 }],
]);

Deno.test("summarizeGan() names measures of samples, and means over the last epoch", async () => {
  const { summary } = await execute(
    summarizeGan,
    { training: game, quality: quality(25) },
    { seed: 0 },
  );
  assertEquals(summary, {
    steps: 30,
    ...{ "samples/frechetDistance": 25, "samples/frechetDistanceStdErr": 0.5 },
    ...{ "samples/precision": 0.81, "samples/recall": 0.52 },
    ...{ "samples/classes": 9, "samples/klToUniform": 0.0625 },
    ...{ "samples/confidence": 0.875, "samples/count": 12_345 },
    ...{ "real/frechetDistance": 1.25, "train/discriminatorLoss": 6 },
    ...{ "train/generatorLoss": 3, "train/real": 0.75, "train/fake": 0.25 },
    ...{ "train/fakeAfter": 0.125, "train/gradientNorm": 16 },
  });
});

Deno.test("reportGan() tells distances, classes, and losses of the first and the last measured epoch", async () => {
  const report = async (training: Training) => {
    const store = memoryRun();
    await execute(reportGan, {
      ...{ training, quality: quality(25), ...mnist },
      ...{ smoothing: 0.9, loss: "non-saturating" } as const,
    }, { seed: 0, store });
    return reportIn(store);
  };
  assertEquals(
    await report(game),
    "Fréchet distance of 12,345 samples to test images: 25.00 ± 0.50; real images have 1.3. " +
      "81 % of the samples lie among test images (precision), 52 % of the test images among " +
      "samples (recall).\nThe classifier finds 9 of 10 classes in at least 1 % of the samples " +
      "each, most often 2 (30.0 %) and least often 9 (0.5 %), KL to equal shares 0.063 nats, " +
      "with a mean confidence of 0.875: a count of classes says little where the confidence is " +
      "low.\nFrom epoch 1 to 2 the distance went from 400.0 to 100.0, the generator's loss from " +
      "1.000 to 3.000 nats and the discriminator's from 2.000 to 6.000; at equal densities " +
      "they would be 0.799 and 1.376. A loss measures a player against the other, not the " +
      "samples.",
  );
  const short = training([[20, 1, { "samples/frechetDistance": 7 }]]);
  assertEquals(
    (await report(short)).split("\n").at(-1),
    "At equal densities the losses would be 1.376 and 0.799 nats.",
  );
});

Deno.test("reportDcgan() tells each game, and the nearer architecture after equal time", async () => {
  const one = (
    title: string,
    architecture: GanCase["architecture"],
    frechet: number,
  ): GanCase => ({
    ...{ title, architecture, epochs: 3, parameters: 54_321, training: game },
    ...{ quality: quality(frechet), images: new Uint8Array() },
  });
  const run = async (conv: number, mlp: number) => {
    const store = memoryRun();
    const games = [
      one("with convolutions", "conv", conv),
      one("perceptrons as long", "mlp", 999),
      one("perceptrons in equal time", "mlp", mlp),
    ];
    const input = { games, pace: 7.25, ...mnist };
    const { summary } = await execute(reportDcgan, input, { seed: 0, store });
    return { summary, report: reportIn(store) };
  };
  const { summary, report } = await run(20, 50);
  assertEquals(
    report,
    "A turn with convolutions takes 7.3 times as long as one of perceptrons.\nwith " +
      "convolutions, 54,321 parameters, 3 epochs: Fréchet distance 20.00 ± 0.40, precision 81 " +
      "%, recall 52 %, 9 classes, confidence 0.875.\nperceptrons as long, 54,321 parameters, 3 " +
      "epochs: Fréchet distance 999 ± 20, precision 81 %, recall 52 %, 9 classes, confidence " +
      "0.875.\nperceptrons in equal time, 54,321 parameters, 3 epochs: Fréchet distance 50.0 ± " +
      "1.0, precision 81 %, recall 52 %, 9 classes, confidence 0.875.\nAfter equal time " +
      "convolutions are nearer to the test images, by a factor of 2.50 in the Fréchet " +
      "distance, in one training of each.",
  );
  assertEquals(
    (await run(50, 20)).report.split("\n").at(-1),
    "After equal time perceptrons are nearer to the test images, by a factor of 2.50 in the " +
      "Fréchet distance, in one training of each.",
  );
  assertEquals(
    Object.entries(summary).filter(([name]) => !name.startsWith("perceptrons")),
    [
      [
        "pace",
        7.25,
      ],
      [
        "with-convolutions/parameters",
        54321,
      ],
      [
        "with-convolutions/epochs",
        3,
      ],
      [
        "with-convolutions/frechetDistance",
        20,
      ],
      [
        "with-convolutions/frechetDistanceStdErr",
        0.4,
      ],
      [
        "with-convolutions/precision",
        0.81,
      ],
      [
        "with-convolutions/recall",
        0.52,
      ],
      [
        "with-convolutions/classes",
        9,
      ],
      [
        "with-convolutions/klToUniform",
        0.0625,
      ],
      [
        "with-convolutions/confidence",
        0.875,
      ],
      [
        "with-convolutions/count",
        12345,
      ],
    ],
  );
  assertEquals(summary["perceptrons-in-equal-time/frechetDistance"], 50);
});

Deno.test("reportModes() tells counts on the ring, their jumps, and classes of images", async () => {
  const ring = (remedy: "plain" | "r1", modes: readonly number[]) => ({
    ...{ remedy, seed: 0, points: new Float32Array() },
    training: training(
      modes.map((count, i) => [50 * i, i, {
        ...{ "ring/modes": count, "ring/quality": count / 10 },
        "ring/klToUniform": 2 - count / 8,
      }]),
      1500,
    ),
  });
  const images = (distance: number, classes: number) => ({
    remedy: "wgan-gp" as const,
    training: training([[90, 4, {
      ...{ "samples/classes": classes, "samples/klToUniform": classes / 100 },
      ...{ "samples/confidence": 0.5 + classes / 100 },
      "samples/frechetDistance": distance,
    }]]),
  });
  const store = memoryRun();
  const input = {
    ringRuns: [
      ...[ring("plain", [0, 5, 2]), ring("plain", [1, 1, 4])],
      ...[ring("r1", [0, 7, 8]), ring("r1", [1, 7, 8])],
    ],
    imageRuns: [images(30, 8), images(34, 10)],
    ...mnist,
  };
  const { summary } = await execute(reportModes, input, { seed: 0, store });
  assertEquals(
    reportIn(store),
    "On a ring of eight Gaussians, modes found and samples within three deviations of a " +
      "centre after 1,500 turns, from the least to the greatest of 2 games each: plain: 2 to 4 " +
      "and 20 to 40 %; R1: 8 and 80 %.\nFrom one measurement to the next the count of modes " +
      "jumps by up to 7: a single number at the end says little of a kind of game, the path " +
      "over several games more.\nOn images, after epoch 4: classes covered of 10, KL of classes " +
      "to equal shares, confidence of the classifier, and Fréchet distance: WGAN-GP: 8 to 10, " +
      "0.090 ± 0.010 nats, 0.590 ± 0.010, 32.0 ± 2.0.",
  );
  assertNumbers(summary, {
    "ring/plain/modes": 3,
    "ring/plain/modesStdErr": 1,
    "ring/plain/quality": 0.30000000000000004,
    "ring/plain/qualityStdErr": 0.09999999999999999,
    "ring/plain/klToUniform": 1.625,
    "ring/plain/klToUniformStdErr": 0.125,
    "ring/r1/modes": 8,
    "ring/r1/modesStdErr": 0,
    "ring/r1/quality": 0.8,
    "ring/r1/qualityStdErr": 0,
    "ring/r1/klToUniform": 1,
    "ring/r1/klToUniformStdErr": 0,
    "images/wgan-gp/classes": 9,
    "images/wgan-gp/classesStdErr": 1,
    "images/wgan-gp/klToUniform": 0.09,
    "images/wgan-gp/klToUniformStdErr": 0.010000000000000005,
    "images/wgan-gp/confidence": 0.59,
    "images/wgan-gp/confidenceStdErr": 0.010000000000000009,
    "images/wgan-gp/frechetDistance": 32,
    "images/wgan-gp/frechetDistanceStdErr": 2,
  });
});
