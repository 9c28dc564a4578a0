import { assertEquals, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { complete } from "../../../pipelines/core/task/flags.ts";
import {
  ganLossesExperiment,
  ganLossesFlags,
} from "../../../pipelines/gan/losses/gan_losses.ts";
import { smallGan } from "./small_images.ts";

Deno.test("gan-losses trains with both losses from the same weights, once for each seed", async () => {
  const before = tf.memory().numTensors;
  const store = memoryRun();
  const { epochs: _, ...sizes } = smallGan;
  const config = {
    ...complete(ganLossesFlags, {}, "smoke"),
    ...{ ...sizes, data: "digits", trainImages: 60, testImages: 40 },
    ...{ seeds: 2, epochs: 1, frozenUpdates: [0, 3], frozenNoises: 8 },
    ...{ gaussianUpdates: 10, gaussianPoints: 1000, snapshots: [] },
  };
  const { summary } = await execute(ganLossesExperiment("test"), config, {
    ...{ seed: 0, store, device: "cpu", threads: 1 },
  });
  assertEquals(tf.memory().numTensors, before);
  assertEquals(summary["seeds"], 2);
  const first = (kind: string) =>
    store.records.map(({ values }) => values[`${kind}/samples/frechetDistance`])
      .find((value) => value !== undefined);
  assertEquals(first("saturating-0"), first("non-saturating-0"));
  assertNotEquals(first("saturating-0"), undefined);
  assertNotEquals(first("saturating-0"), first("saturating-1"));
  for (const loss of ["saturating", "non-saturating"]) {
    assertEquals(`balanced/${loss}/frechetDistanceStdErr` in summary, true);
  }
  assertEquals("frozen/3/ratio" in summary, true);
});

Deno.test("gan-losses trains for three epochs and measures 5,000 samples by default", () => {
  const { epochs, samples, seeds, gaussianPoints } = ganLossesFlags;
  assertEquals([epochs.fallback, samples.fallback, seeds.fallback], [
    ...[3, 5000, 3],
  ]);
  assertEquals(gaussianPoints.fallback, 100_000);
});
