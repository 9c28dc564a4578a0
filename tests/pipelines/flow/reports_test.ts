import { assertEquals } from "@std/assert";
import type { DatasetInfo } from "../../../pipelines/core/data/dataset_info.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import type { PlaneCase } from "../../../pipelines/flow/plane/plane_case.ts";
import { summarizePlane } from "../../../pipelines/flow/plane/summarize_plane.ts";
import {
  type Answers,
  summarizeQuestions,
} from "../../../pipelines/flow/questions/summarize_questions.ts";
import { summarizeFlow } from "../../../pipelines/flow/summarize_flow.ts";
import { assertNumbers } from "../assert_numbers.ts";
import { reportIn } from "../report_in.ts";

Deno.test("summarizeFlow() names and tells every number", async () => {
  const store = memoryRun();
  const { summary } = await execute(summarizeFlow, {
    training: { history: [], snapshots: [], steps: 30, bestStep: 20 },
    bits: {
      test: { mean: 1.4, standardError: 0.003 },
      single: { mean: 1.375, standardError: 0.004 },
      weighted: { mean: 1.3125, standardError: 0.005 },
      weightedImages: 1000,
      counted: { global: 1.97, perPixel: 1.69, neighbours: 1.35 },
    },
    inverse: {
      ...{ largestError: 2.54e-5, sameGreyLevels: 0.99875, parameters: 90_820 },
    },
    dataset: { name: "mnist" } as DatasetInfo, // nothing else is read
    ...{ dequantization: "variational", importanceSamples: 16 } as const,
  }, { seed: 0, store });
  assertEquals(
    reportIn(store),
    "1.4000 ± 0.0030 bits/dim on all test images: -log2 P(x) / D of images of 256 grey " +
      "levels, bounded from above with one sample of variational noise for each image.\nOn the " +
      "first 1000 test images 1.3750 ± 0.0040 bits/dim, and 1.3125 ± 0.0050 with 16 samples " +
      "weighted by their importance: 0.063 bits/dim of the distance to the truth are due to " +
      "the noise, at least.\nCounting grey levels reaches 1.970 bits/dim, 1.690 if they are " +
      "counted for each place and 1.350 given two neighbours. Published by the same convention, " +
      "after far longer trainings: 1.06 (RealNVP), 1.05 (Glow), 0.99 (FFJORD).\nBack from the latents, logits of pixels are " +
      "off by at most 2.5e-5, and 99.875 % of the grey levels are recovered.",
  );
  assertNumbers(summary, {
    "steps": 30,
    "bestStep": 20,
    "parameters": 90820,
    "test/bitsPerDim": 1.4,
    "test/bitsPerDimStdErr": 0.003,
    "first/bitsPerDim": 1.375,
    "first/bitsPerDimStdErr": 0.004,
    "first/weightedBitsPerDim": 1.3125,
    "first/weightedBitsPerDimStdErr": 0.005,
    "first/images": 1000,
    "counted/bitsPerDim": 1.97,
    "counted/bitsPerDimByPlace": 1.69,
    "counted/bitsPerDimByNeighbours": 1.35,
    "inverse/largestError": 2.54e-05,
    "inverse/sameGreyLevels": 0.99875,
    "importanceSamples": 16,
  });
});

Deno.test("summarizePlane() names and tells each density", async () => {
  const one = {
    ...{ target: "banana", entropy: 2.14473, integral: 0.998765 },
    crossEntropy: { mean: 2.25, standardError: 0.01 },
    kl: { mean: 0.125, standardError: 0.002 },
    inverseError: 3.54e-6,
  } as PlaneCase; // what is told of it
  const store = memoryRun();
  const input = { planeCases: [one, { ...one, target: "ring" as const }] };
  const { summary } = await execute(summarizePlane, input, { seed: 0, store });
  const [banana, ring] = reportIn(store).split("\n");
  assertEquals(
    banana,
    "banana: its points cost 2.250 ± 0.010 nats by the learned density and 2.1447 by the " +
      "true one, the entropy. On the same points the divergence is 0.1250 ± 0.0020 nats. The " +
      "learned density integrates to 0.99877; through the flow and back no coordinate is off " +
      "by more than 3.5e-6.",
  );
  assertEquals(ring, banana!.replace("banana", "ring"));
  const of = (name: string) =>
    Object.fromEntries(
      Object.entries(summary).filter(([entry]) => entry.startsWith(name)),
    );
  assertEquals(of("banana"), {
    "banana/entropy": 2.14473,
    "banana/crossEntropy": 2.25,
    "banana/crossEntropyStdErr": 0.01,
    "banana/kl": 0.125,
    "banana/klStdErr": 0.002,
    "banana/integral": 0.998765,
    "banana/inverseError": 3.54e-06,
  });
  assertEquals(Object.values(of("ring")), Object.values(of("banana")));
});

Deno.test("summarizeQuestions() answers with the last errors, and slopes against the size", async () => {
  const cost = (size: number, ms: number) => ({
    ...{ size, difference: 1e-6 * size, triangular: size ** 2 },
    ...{ general: size ** 3, triangularMs: ms, generalMs: ms * size ** 2 },
  });
  const answers = {
    inverses: [
      { bound: 0.5, errors: [{ x: 1, y: 1e-7 }, { x: 10, y: 2.54e-6 }] },
      { bound: 4, errors: [{ x: 1, y: 1e-6 }, { x: 10, y: 0.125 }] },
    ],
    jacobians: [cost(2, 0.5), cost(8, 4), cost(32, 20)],
    integerCases: [
      { added: "noise", bitsPerDim: 1.625 },
      { added: "nothing", bitsPerDim: -2.5 },
    ],
  } as unknown as Answers; // what is told of them
  const run = async (input: Answers) => {
    const store = memoryRun();
    const options = { seed: 0, store };
    const { summary } = await execute(summarizeQuestions, input, options);
    return { summary, report: reportIn(store) };
  };
  const { summary, report } = await run(answers);
  assertEquals(
    report,
    "Is a flow undone? The largest error of a number, through and back in single precision: " +
      "2.5e-6 after 10 couplings where |log scale| is at most 0.5; 1.3e-1 after 10 couplings " +
      "where |log scale| is at most 4.\nIs log |det| that of the Jacobian? The sum of log " +
      "scales is off by at most 3.2e-5 nats.\nWhat does it cost? Where the Jacobian is any, D " +
      "backward passes and a determinant take more multiplications than the one pass where it " +
      "is triangular by a factor that grows as D^1.00; measured, the ratio of times grows as " +
      "D^2.00: 0.50 and 2.00 ms for 2 numbers, 4 times as long, and 20 and 20480 ms for 32 " +
      "numbers, 1,024 times as long.\nWhat if whole numbers are taken for real ones? For each " +
      "number of pairs whose entropy is 1.5 bits: 1.63 bits with noise added; -2.50 bits with " +
      "nothing added. Below the entropy it is no code length: the density runs away into " +
      "points.",
  );
  assertNumbers(summary, {
    "bound-0.5/inverseError": 2.54e-06,
    "bound-4/inverseError": 0.125,
    "size-2/logDetDifference": 2e-06,
    "size-8/logDetDifference": 8e-06,
    "size-32/logDetDifference": 3.2e-05,
    "slope/triangular": 2,
    "slope/general": 3.0,
    "slope/ratio": 1,
    "added-noise/bitsPerDim": 1.625,
    "added-nothing/bitsPerDim": -2.5,
    "entropy/bitsPerDim": 1.5,
  });
  const alone = await run({ ...answers, jacobians: [answers.jacobians[0]!] });
  assertEquals(alone.summary["slope/ratio"], 0); // of one size no slope is known
});
