import { assert, assertEquals } from "@std/assert";
import type { DatasetInfo } from "../../../pipelines/core/data/dataset_info.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { summarizeFlow } from "../../../pipelines/flow/summarize_flow.ts";

async function summarize(name: string) {
  const store = memoryRun();
  const bits = (mean: number) => ({ mean, standardError: 0.003 });
  const { summary } = await execute(summarizeFlow, {
    training: { history: [], snapshots: [], steps: 30, bestStep: 20 },
    bits: {
      ...{ test: bits(1.4), single: bits(1.366), weighted: bits(1.335) },
      weightedImages: 1000,
      counted: { global: 1.97, perPixel: 1.69, neighbours: 1.35 },
    },
    inverse: { largestError: 1e-5, sameGreyLevels: 1, parameters: 90_820 },
    dataset: { name } as DatasetInfo, // nothing else is read
    ...{ dequantization: "uniform", importanceSamples: 16 } as const,
  }, { seed: 0, store });
  const report = String(store.files.get("report.txt")).replace(/\s+/g, " ");
  return { summary, report };
}

Deno.test("summarizeFlow() says of which images each number is, and what the noise costs", async () => {
  const { summary, report } = await summarize("mnist");
  assertEquals(summary["test/bitsPerDim"], 1.4);
  assertEquals(summary["first/weightedBitsPerDim"], 1.335);
  assertEquals(summary["first/images"], 1000);
  for (
    const part of [
      "1.4000 ± 0.0030 bits/dim on all test images",
      "one sample of uniform noise",
      "On the first 1000 test images 1.3660 ± 0.0030 bits/dim",
      "with 16 samples weighted by their importance: 0.031 bits/dim of",
      "100 % of the grey levels",
      "1.06 (RealNVP)",
    ]
  ) assert(report.includes(part), `${part} in ${report}`);
});

Deno.test("summarizeFlow() compares no other data with what was published of MNIST", async () => {
  const { report } = await summarize("digits");
  assert(!report.includes("Published"), report);
});
