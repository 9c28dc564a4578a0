import { assertEquals, assertGreater, assertStringIncludes } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { complete } from "../../../../pipelines/core/task/flags.ts";
import {
  normStudyExperiment,
  normStudyFlags,
} from "../../../../pipelines/language/norm_study/norm_study.ts";

const config = {
  ...complete(normStudyFlags, {}, "smoke"),
  ...{ data: "grammar", width: 8, heads: 2, context: 8, batch: 4, steps: 6 },
  ...{ warmUp: 2, recordEvery: 2, validateEvery: 3, measureWindows: 8 },
  ...{ seeds: 1, shallow: 2, deep: 3, depths: [2, 3] },
  ...{ stabilitySteps: 1, stabilityWarmUp: 1 },
  ...{ patientSteps: 2, patientWarmUp: 1 },
};

Deno.test("norm-study trains both places of the norm at both depths, and measures untrained models", async () => {
  const before = tf.memory().numTensors;
  const store = memoryRun();
  const { summary } = await execute(normStudyExperiment("test"), config, {
    ...{ seed: 0, store, device: "cpu", threads: 1 },
  });
  assertEquals(tf.memory().numTensors, before);
  for (const kind of ["pre", "post"]) {
    for (const depth of ["shallow", "deep"]) {
      const losses = Object.entries(summary)
        .filter(([name]) =>
          name.startsWith(`${kind}norm-${depth}/`) && /[lL]oss$/.test(name)
        );
      assertGreater(losses.length, 0, `${kind}norm-${depth}`);
      for (const [name, loss] of losses) assertGreater(loss, 0.269, name); // the grammar's entropy
    }
  }
  const report = String(store.files.get("report.txt")).replace(/\s+/g, " ");
  for (const stack of ["causal", "encoder", "decoder"]) {
    assertStringIncludes(report, `in the ${stack} stack of 3 layers`);
  }
  assertEquals(store.figures.has("study_losses"), true);
});

Deno.test("norm-study has the defaults that its documentation tells", () => {
  const { depths, deep, shallow, seeds } = normStudyFlags;
  assertEquals([shallow.fallback, deep.fallback, seeds.fallback], [5, 12, 5]);
  assertEquals(depths.fallback, [2, 3, 4, 6, 8, 12, 16]);
});
