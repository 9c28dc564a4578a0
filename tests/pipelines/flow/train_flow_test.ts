import {
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertRejects,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import type { Owned } from "../../../models/parameters/parameters.ts";
import type { RealNvp } from "../../../models/real_nvp.ts";
import { pipeline } from "../../../pipelines/core/pipeline.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import {
  type MemoryRun,
  memoryRun,
} from "../../../pipelines/core/run/memory_run.ts";
import { type Stage, stage } from "../../../pipelines/core/stage.ts";
import { buildFlow } from "../../../pipelines/flow/build_flow.ts";
import {
  evaluateFlow,
  type FlowBits,
} from "../../../pipelines/flow/evaluate_flow.ts";
import type { FlowMnistConfig } from "../../../pipelines/flow/flow_mnist.ts";
import {
  type Invertibility,
  measureInverse,
} from "../../../pipelines/flow/measure_inverse.ts";
import { trainFlow } from "../../../pipelines/flow/train_flow.ts";
import type { GreyImages } from "../../../pipelines/images/images.ts";
import type { Training } from "../../../pipelines/training/training.ts";
import {
  readWeights,
  type Weights,
} from "../../../pipelines/training/weights.ts";
import { smallFlow, smallImages } from "./small_images.ts";
import { stoppingAt } from "../stopping_at.ts";

interface Trained {
  readonly training: Training;
  readonly weights: Weights;
  readonly bits: FlowBits;
  readonly inverse: Invertibility;
}

const read: Stage<
  { readonly flow: Owned<RealNvp> },
  { readonly weights: Weights }
> = stage("read", { needs: ["flow"], adds: { weights: "" } }, async (
  { flow },
) => ({ weights: await readWeights(flow.variables) }));

function trained(
  config: Partial<FlowMnistConfig> = {},
  store: MemoryRun = memoryRun(),
  signal = new AbortController().signal,
): Promise<Trained> {
  const whole = pipeline<
    Partial<FlowMnistConfig> & { readonly grey: GreyImages }
  >("small")
    .pipe(buildFlow)
    .pipe(trainFlow)
    .pipe(evaluateFlow)
    .pipe(measureInverse)
    .pipe(read)
    .give("training", "weights", "bits", "inverse");
  const input = {
    ...{ ...smallFlow, weightedImages: 20, importanceSamples: 4 },
    ...{ ...config, grey: smallImages },
  };
  const device = "cpu" as const;
  return execute(whole, input, { seed: 0, device, threads: 1, store, signal });
}

for (const dequantization of ["uniform", "variational"] as const) {
  Deno.test(`with ${dequantization} dequantization training starts normalized, lowers the bits, and is undone`, async () => {
    const { training, bits, inverse, weights } = await trained({
      dequantization,
      updates: 40,
      validateEvery: 20,
    });
    const validations = training.history
      .flatMap(({ values }) => values["validation/bitsPerDim"] ?? []);
    assertEquals(validations.length, 3);
    assertLess(validations.at(-1)!, validations[0]! - 0.3);
    assertLess(validations[0]!, 8); // what uniform noise costs
    const { test, single, weighted, weightedImages } = bits;
    assertEquals(weightedImages, 20);
    assertLess(weighted.mean, single.mean); // Burda et al. 2016, theorem 1
    assertLess(Math.abs(test.mean - single.mean), 4 * single.standardError);
    assertLess(inverse.largestError, 1e-3);
    assertLess(0.9999, inverse.sameGreyLevels);
    const numbers = Object.values(weights)
      .reduce((sum, { data }) => sum + data.length, 0);
    assertEquals(inverse.parameters, numbers);
  });
}

Deno.test("trainFlow() starts each normalization on the first batch, before any update", async () => {
  const { weights } = await trained({
    dequantization: "uniform",
    learningRate: 0,
    updates: 1,
  });
  // logits of paper, which most pixels are, lie near log((1e-5 + u / 256) / 1), u uniform: some -6.5 on average
  const shift = weights["pixels/0/norm/shift"]!.data;
  for (const value of shift) assertLess(Math.abs(value + 5.5), 1.5);
  // the second normalization finds what is normalized already, since couplings begin as the identity
  for (const value of weights["pixels/1/norm/shift"]!.data) {
    assertAlmostEquals(value, 0, 1e-4);
  }
  for (const value of weights["pixels/1/norm/logScale"]!.data) {
    assertAlmostEquals(value, 0, 1e-4);
  }
});

Deno.test("trainFlow() goes on from a checkpoint as if it had never stopped, to the bit", async () => {
  const config = { dequantization: "variational" } as const;
  const whole = memoryRun();
  const expected = await trained(config, whole);
  const store = memoryRun();
  const stopping = stoppingAt(store, ({ step }) => step === 4);
  await assertRejects(
    () => trained(config, stopping.store, stopping.signal),
    Error,
    "Stopped",
  );
  const resumed = await trained(config, store);
  assertEquals(resumed.training.history, expected.training.history);
  assertEquals(resumed.weights, expected.weights);
  assertEquals(resumed.bits, expected.bits);
  assertEquals(store.records, whole.records);
});

Deno.test("a flow is freed with its run", async () => {
  const before = tf.memory().numTensors;
  await trained({ updates: 1, dequantization: "uniform" });
  assertEquals(tf.memory().numTensors, before);
});
