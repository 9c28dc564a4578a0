import { assertEquals } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { summarizeMnist } from "../../../pipelines/diffusion/mnist/summarize_mnist.ts";
import { countParameters } from "../../../models/parameters/parameters.ts";
import { unetSpecs } from "../../../models/unet.ts";
import type { DatasetInfo } from "../../../pipelines/core/data/dataset_info.ts";
import type { GreyImages } from "../../../pipelines/images/images.ts";
import { assertNumbers } from "../assert_numbers.ts";
import { reportIn } from "../report_in.ts";

const about = (mean: number, standardError: number) => ({
  ...{ mean, standardError },
});

type Images = { readonly grey: GreyImages; readonly dataset: DatasetInfo };
const mnist = { grey: {}, dataset: { name: "mnist" } } as Images; // no more is read

const quality = {
  ...{ count: 2000, frechet: about(12.5, 0.4), accuracy: 0.9375 },
  ...{ precision: 0.75, recall: 0.625, confidence: 0.9, classes: 10 },
  shares: [],
  entropyBits: 3.3125,
};

async function summarized(own: Partial<typeof quality> = {}) {
  const { accuracy, ...rest } = { ...quality, ...own };
  const store = memoryRun();
  const { summary } = await execute(summarizeMnist, {
    ...{ channels: 8, sampler: "dpm2", steps: 25 } as const,
    ...mnist,
    training: { history: [], snapshots: [], steps: 300, bestStep: 200 },
    bound: {
      prior: 0.000123,
      consistency: { smaller: about(1.25, 0.01), larger: about(9, 9) },
      reconstruction: {
        textbook: about(0.5, 0.02),
        snapping: about(0.125, 0.03),
      },
      total: { textbook: about(1.75, 0.04), snapping: about(1.375, 0.05) },
      totalLarger: about(2.25, 0.06),
      parts: [],
    },
    measures: {
      errors: [1, 2, 3, 4, 5, 6, 7, 8].map((noise, timestep) => ({
        ...{ timestep, noise },
      })),
      yardsticks: { global: 2.5625, perPixel: 1.8125, neighbours: 1.3125 },
      quality: accuracy === undefined ? rest : { ...rest, accuracy },
    },
  }, { seed: 0, store });
  return { summary, report: reportIn(store).split("\n") };
}

Deno.test("summarizeMnist() tells the terms of the bound, what counting reaches, and how good digits are", async () => {
  const { report } = await summarized();
  assertEquals(report, [
    "The bound of test images, told their classes, is 1.750 ± 0.040 bits for each pixel: consistency 1.250 ± 0.010, " +
    "reconstruction 0.500 ± 0.020, prior matching 1.2e-4; with the larger variance of the " +
    "reverse steps (beta) 2.250 ± 0.060. With the decoder that snaps what is nearly black to " +
    "black the reconstruction is 0.125 ± 0.030 and the bound 1.375 ± 0.050.",
    "Counting reaches 2.563 bits on the same images (all pixels alike), 1.813 (each place by " +
    "itself) and 1.313 (given two neighbours): a bound says little of how good samples look.",
    "2000 digits by dpm2 in 25 steps: Fréchet distance to MNIST's test images 12.50 ± 0.40, " +
    "93.8 % read as the digit asked for, precision 0.75, recall 0.63.",
  ]);
});

Deno.test("summarizeMnist() names its numbers, errors of noise by quarters of the chain", async () => {
  const { summary } = await summarized();
  assertNumbers(summary, {
    parameters: countParameters(unetSpecs({ channels: 8 })),
    ...{ updates: 300, bestStep: 200, "test/noiseError": 4.5 },
    "test/noiseErrorFirstQuarter": 1.5,
    "test/noiseErrorSecondQuarter": 3.5,
    "test/noiseErrorThirdQuarter": 5.5,
    "test/noiseErrorLastQuarter": 7.5,
    ...{ "bound/bits": 1.75, "bound/bitsStdErr": 0.04 },
    ...{ "bound/snappingBits": 1.375, "bound/snappingBitsStdErr": 0.05 },
    ...{ "bound/largerVarianceBits": 2.25, "bound/consistencyBits": 1.25 },
    "bound/reconstructionBits": 0.5,
    "bound/snappingReconstructionBits": 0.125,
    ...{ "bound/priorBits": 0.000123, "counting/globalBits": 2.5625 },
    ...{ "counting/perPixelBits": 1.8125, "counting/neighbourBits": 1.3125 },
    ...{ "samples/count": 2000, "samples/frechet": 12.5 },
    ...{ "samples/frechetStdErr": 0.4, "samples/accuracy": 0.9375 },
    ...{ "samples/precision": 0.75, "samples/recall": 0.625 },
    "samples/entropyBits": 3.3125,
  });
});
