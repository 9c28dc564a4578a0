import { assertEquals, assertRejects } from "@std/assert";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import { fold, keyFrom } from "../../../../pipelines/core/random/key.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { readMetrics } from "../../../../pipelines/core/run/metrics/read_metrics.ts";
import { readRecord } from "../../../../pipelines/core/run/run_record.ts";
import { readSummary } from "../../../../pipelines/core/run/summary.ts";
import { type Stage, stage } from "../../../../pipelines/core/stage.ts";
import { StageError } from "../../../../pipelines/core/stage_error.ts";
import { tempFolder } from "../temp_folder.ts";

interface Config {
  readonly steps: number;
}
interface Counted {
  readonly summary: { readonly total: number };
}

/** Adds up its steps, and fails at the step after `failAfter` the first time. */
function counting(failAfter: number): Stage<Config, Counted> {
  let failures = 0;
  return stage<Config, Counted, "steps">("count", {
    needs: ["steps"],
    adds: { summary: "the sum of the steps" },
  }, async ({ steps }, { path, checkpoints, metrics }) => {
    const found = await checkpoints.restore(path);
    let total = Number(found?.state ?? 0);
    for (let step = (found?.step ?? 0) + 1; step <= steps; step++) {
      if (step > failAfter && failures++ === 0) throw new Error("Bad luck");
      total += step;
      metrics.record({ step, epoch: step, values: { total } });
      await checkpoints.save(path, { step, tensors: {}, state: total });
    }
    return { summary: { total } };
  });
}

Deno.test("execute() roots the path and the key in the stage's name", async () => {
  const look = stage<object, { readonly seen: string }>("look", {
    needs: [],
    adds: { seen: "path and key" },
  }, (_, { path, key }) => ({ seen: `${path} ${key.words}` }));
  const { seen } = await execute(look, {}, { seed: 3 });
  assertEquals(seen, `look ${fold(keyFrom(3), "look").words}`);
});

Deno.test("execute() names the failing stage, also where it is the only one", async () => {
  await assertRejects(
    () => execute(counting(0), { steps: 1 }, { seed: 0 }),
    StageError,
    'Cannot finish stage "count": Bad luck',
  );
});

Deno.test("execute() frees the entries of an aborted run and rejects with the reason", async () => {
  let live = 0;
  const controller = new AbortController();
  const hold = stage<object, { readonly held: Disposable }>("hold", {
    needs: [],
    adds: { held: "a resource that counts itself" },
  }, () => {
    live++;
    controller.abort(new DOMException("Enough", "AbortError"));
    return { held: { [Symbol.dispose]: () => void live-- } };
  });
  const run = pipeline<Config>("run").pipe(hold).pipe(counting(9));
  const { signal } = controller;
  await assertRejects(
    () => execute(run, { steps: 1 }, { seed: 0, signal }),
    DOMException,
    "Enough",
  );
  assertEquals(live, 0);
});

Deno.test("execute() leaves a run in a folder, and goes on with it", async () => {
  using folder = tempFolder();
  const out = `${folder.path}/run`;
  const count = counting(3);
  await assertRejects(() => execute(count, { steps: 5 }, { seed: 0, out }));
  assertEquals((await readRecord(out)).status, "failed");
  const { summary } = await execute(count, { steps: 5 }, {
    seed: 0,
    resume: out,
  });
  assertEquals(summary.total, 15);
  assertEquals((await readSummary(out))["total"], 15);
  assertEquals(
    (await readMetrics(`${out}/metrics.jsonl`)).map(({ values }) =>
      values["total"]
    ),
    [1, 3, 6, 10, 15],
  );
  const { status, config } = await readRecord(out);
  assertEquals([status, config], ["finished", { steps: 5 }]);
});

Deno.test("execute() goes on with a run in memory", async () => {
  const count = counting(3);
  const store = memoryRun();
  await assertRejects(() => execute(count, { steps: 5 }, { seed: 0, store }));
  const { summary } = await execute(count, { steps: 5 }, { seed: 0, store });
  assertEquals(summary.total, 15);
  assertEquals(store.records.map(({ step }) => step), [1, 2, 3, 4, 5]);
});

Deno.test("a run that measures something else when resumed is refused", async () => {
  using folder = tempFolder();
  const out = `${folder.path}/run`;
  let runs = 0;
  const drift = stage<Config, object>(
    "drift",
    { needs: [], adds: {} },
    (_, { metrics }) => {
      metrics.record({ step: 0, epoch: 0, values: { run: runs++ } });
      return {};
    },
  );
  const run = pipeline<Config>("run").pipe(drift).pipe(counting(1)).give(
    "summary",
  );
  await assertRejects(() => execute(run, { steps: 2 }, { seed: 0, out }));
  await assertRejects(
    () => execute(run, { steps: 2 }, { seed: 0, resume: out }),
    StageError,
    'Cannot finish stage "run > drift": Expected the run to repeat itself',
  );
});
