import { assert, assertEquals } from "@std/assert";
import type { DatasetInfo } from "../../../../pipelines/core/data/dataset_info.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { summarizeBound } from "../../../../pipelines/vae/iwae/summarize_bound.ts";

const number = (mean: number) => ({ mean, standardError: 0.5 });

async function summarize(name: string) {
  const store = memoryRun();
  const noise = { variance: 2, signalToNoise: 3 };
  const { summary } = await execute(summarizeBound, {
    training: { history: [], snapshots: [], steps: 9, bestStep: 6 },
    likelihood: {
      ...{ logLikelihood: number(-90), samplingError: 0.25 },
      effectiveSampleSize: { mean: 4, standardError: 0.125 },
      importanceSamples: 50,
    },
    activeUnits: { count: 12, variances: [] },
    gradients: { standard: noise } as never, // one estimator is enough
    latentLayers: 1,
    dataset: { name } as DatasetInfo, // nothing else is read
    ...{ objective: "iwae", samples: 50, stages: 3 } as const,
  }, { seed: 0, store });
  const report = String(store.files.get("report.txt") ?? "");
  return { summary, report: report.replace(/\s+/g, " ") };
}

Deno.test("summarizeBound() names its numbers, and sets the published one beside that of MNIST", async () => {
  const { summary, report } = await summarize("mnist");
  assertEquals(summary, {
    ...{ steps: 9, bestStep: 6, importanceSamples: 50 },
    ...{ "test/logLikelihood": -90, "test/logLikelihoodStdErr": 0.5 },
    ...{ "test/logLikelihoodSamplingError": 0.25 },
    ...{ "test/effectiveSampleSize": 4, "test/activeUnits": 12 },
    "test/effectiveSampleSizeStdErr": 0.125,
    ...{
      "gradient/standard/variance": 2,
      "gradient/standard/signalToNoise": 3,
    },
  });
  // Burda et al. 2016, table 1: one layer, k = 50: -84.78 and 25 active units
  assert(report.includes("has -84.78 and 25"), report);
  assert(report.includes("5.22 nats higher"), report);
});

Deno.test("summarizeBound() compares no other data with what was published of MNIST", async () => {
  const { report } = await summarize("digits");
  assertEquals(report, "");
});
