import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
} from "@std/assert";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { complete } from "../../../../pipelines/core/task/flags.ts";
import {
  flowQuestionsExperiment,
  flowQuestionsFlags,
} from "../../../../pipelines/flow/questions/flow_questions.ts";
import { logAbsDet } from "../../../../pipelines/flow/questions/log_abs_det.ts";
import { pairs } from "../../../../pipelines/flow/questions/train_integers.ts";

Deno.test("logAbsDet() of matrices by hand", () => {
  assertAlmostEquals(logAbsDet([2, 0, 0, -3]), Math.log(6), 1e-14);
  // a zero on the diagonal needs another pivot: det = -1
  assertAlmostEquals(logAbsDet([0, 1, 1, 0]), 0, 1e-14);
  // 2 (1 * 4 - 3 * 1) - 1 (1 * 4 - 3 * 5) + 7 (1 * 1 - 1 * 5) = 2 + 11 - 28
  const matrix = [2, 1, 7, 1, 1, 3, 5, 1, 4];
  assertAlmostEquals(logAbsDet(matrix), Math.log(15), 1e-14);
  assertEquals(logAbsDet([1, 2, 2, 4]), -Infinity);
});

Deno.test("pairs of whole numbers have 8 values, all equally likely, and noise moves them by less than 1", () => {
  const whole = pairs(keyFrom(1), 8000, "nothing");
  const noisy = pairs(keyFrom(1), 8000, "noise");
  const counts = new Map<string, number>();
  for (let i = 0; i < 8000; i++) {
    const pair = `${whole[2 * i]} ${whole[2 * i + 1]}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  const expected = [0, 1, 2, 3].flatMap((a) => [`${a} ${a}`, `${a} ${a + 1}`]);
  assertEquals([...counts.keys()].sort(), expected.sort());
  for (const count of counts.values()) {
    assertLess(Math.abs(count - 1000), 4 * Math.sqrt(8000 * 7 / 64));
  }
  assertEquals(noisy.map(Math.floor), whole);
});

Deno.test("flow-questions finds inverses that bounds keep, determinants that agree, and bits that run away", async () => {
  const store = memoryRun();
  const config = complete(flowQuestionsFlags, {
    ...{ depth: 10, bounds: [0.5, 4], sizes: [2, 6], width: 8, vectors: 50 },
    ...{ updates: 300, batch: 128, validateEvery: 300, recordEvery: 50 },
    ...{ learningRate: 5e-3 },
  }, "smoke");
  const { summary } = await execute(flowQuestionsExperiment, config, {
    seed: 0,
    store,
    threads: 1,
  });
  assertLess(
    2 * summary["bound-0.5/inverseError"]!,
    summary["bound-4/inverseError"]!,
  );
  assertLess(summary["size-2/logDetDifference"]!, 1e-5);
  assertLess(summary["size-6/logDetDifference"]!, 1e-5);
  // with width 8 a pass has 4 * 8 (8 + 1.5 D) multiplications, the other way 2 D of it and D^3 / 3
  const pass = (size: number) => 32 * (8 + 1.5 * size);
  const general = (size: number) => 2 * size * pass(size) + size ** 3 / 3;
  const slope = Math.log(general(6) / pass(6) / (general(2) / pass(2))) /
    Math.log(3);
  assertAlmostEquals(summary["slope/ratio"]!, slope, 1e-12);
  const { "added-noise/bitsPerDim": bound = 0 } = summary;
  assertLess(1.5, bound);
  assertLess(summary["added-nothing/bitsPerDim"]!, 1.5);
  assertEquals([...store.figures.keys()].sort(), [
    "cost",
    "integers",
    "inverse",
  ]);
  const report = String(store.files.get("report.txt"));
  assert(!/NaN|Infinity|undefined/.test(report), report);
});
