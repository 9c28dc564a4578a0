import {
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { keptStages } from "../../../../pipelines/core/cache/kept_stages.ts";
import { stageCache } from "../../../../pipelines/core/cache/stage_cache.ts";
import type { Progress } from "../../../../pipelines/core/context.ts";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import {
  runStage,
  type Setting,
} from "../../../../pipelines/core/run/run_stage.ts";
import { type Stage, stage } from "../../../../pipelines/core/stage.ts";
import { count } from "../../../../pipelines/core/task/fields.ts";
import { tempFolder } from "../temp_folder.ts";

interface Model extends Disposable {
  readonly size: number;
  /** Changed by training. */
  readonly weights: Float32Array<ArrayBuffer>;
}
interface Config {
  readonly size?: number;
  readonly steps?: number;
  readonly samples?: number;
  readonly data: readonly number[];
}

const build: Stage<Pick<Config, "size">, { readonly model: Model }> = stage(
  "build",
  {
    needs: [],
    settings: { size: count(2, "of the model") },
    adds: { model: "" },
  },
  ({ size }, { key }) => ({
    model: {
      size,
      weights: new Float32Array(size).fill(key.words[0] % 1000),
      [Symbol.dispose]: () => {},
    },
  }),
);

/** Adds the data to the weights, once for each step; counts the steps that it really does. */
function trainer(done: { steps: number }, stopAt = Infinity) {
  const train: Stage<
    Pick<Config, "steps" | "data"> & { readonly model: Model },
    { readonly sum: number }
  > = stage("train", {
    needs: ["model", "data"],
    settings: { steps: count(5, "steps") },
    cached: true,
    adds: { sum: "" },
  }, async ({ model: { weights, size }, data, steps }, context) => {
    const { checkpoints, metrics, path } = context;
    const found = await checkpoints.restore(path);
    const kept = found?.tensors["weights"]?.data;
    if (kept !== undefined) weights.set(kept);
    const record = (step: number) =>
      metrics.record({ step, epoch: step, values: { weight: weights[0]! } }); // at least one
    if (found === undefined) record(0);
    for (let step = found?.step ?? 0; step < steps;) {
      if (step === stopAt) throw new RangeError("Expected luck");
      weights.forEach((_, i) => weights[i]! += data[i % data.length]!);
      done.steps++;
      record(++step);
      const tensors = { weights: { shape: [size], data: weights.slice() } };
      await checkpoints.save(path, { step, tensors, state: null });
    }
    metrics.record({ step: steps, epoch: 0, values: { end: 1 } }); // after the last checkpoint
    return { sum: weights.reduce((a, b) => a + b, 0) };
  });
  return train;
}

const measure: Stage<
  Pick<Config, "samples"> & { readonly model: Model },
  { readonly summary: Readonly<Record<string, number>> }
> = stage(
  "measure",
  {
    needs: ["model"],
    settings: { samples: count(1, "samples") },
    adds: { summary: "" },
  },
  ({ model, samples }) => ({ summary: { mean: model.weights[0]! / samples } }),
);

const quiet: Progress = {
  stage: () => {},
  update: () => {},
  note: () => {},
  warn: () => {},
};

async function run(
  folder: string,
  input: Config,
  changes: Partial<Setting> & { stopAt?: number; shared?: string } = {},
) {
  const done = { steps: 0 };
  const told: string[] = [];
  const notes: string[] = [];
  const store = memoryRun();
  const { stopAt, shared = "code", ...setting } = changes;
  const whole = pipeline<Config>("task").pipe(build)
    .pipe(trainer(done, stopAt)).pipe(measure).give("summary", "sum");
  const progress = {
    ...quiet,
    warn: (text: string) => void told.push(text),
    note: (text: string) => void notes.push(text),
  };
  const out = await runStage(whole, input, {
    ...{ seed: 0, device: "tfjs", threads: 1, store, progress },
    signal: new AbortController().signal,
    stageCache: stageCache(keptStages(folder, progress.warn), shared),
    ...setting,
  });
  const { records, facts } = store;
  return {
    out,
    records,
    facts,
    steps: done.steps,
    told: told.join("\n"),
    notes,
  };
}

const input = { data: [1, 2] };

Deno.test("a training comes from the cache where only what follows changes, to the same numbers", async () => {
  using folder = tempFolder();
  using other = tempFolder();
  const first = await run(folder.path, input);
  assertEquals([first.steps, first.told], [5, ""]);
  const again = await run(folder.path, { ...input, samples: 7 });
  const fresh = await run(other.path, { ...input, samples: 7 });
  assertEquals([again.steps, fresh.steps], [0, 5]);
  assertEquals([again.out, again.records], [fresh.out, fresh.records]);
  assertMatch(
    again.told,
    /^"task > train" comes from the cache, where it was kept on 20\d\d-\d\d-\d\d at \d\d:\d\d UTC, and does not/,
  );
  assertMatch(
    first.notes.join(),
    /^"task > train" is in the cache \(\d+(\.\d)? (B|KiB)\)$/,
  );
  assertEquals(Object.keys(again.facts["cached"] ?? {}), ["task > train"]);
  assertEquals(fresh.facts, {});
});

Deno.test("a training runs again where anything that it depends on has changed", async () => {
  using folder = tempFolder();
  await run(folder.path, input);
  const cases: Readonly<
    Record<string, readonly [Config, Parameters<typeof run>[2]]>
  > = {
    "its settings": [{ ...input, steps: 6 }, {}],
    "its data": [{ data: [1, 3] }, {}],
    "the model that it trains": [{ ...input, size: 3 }, {}],
    "the seed": [input, { seed: 1 }],
    "the device": [input, { device: "cpu" }],
    "the threads": [input, { threads: 2 }],
    "the code": [input, { shared: "other code" }],
  };
  for (const [name, [config, changes]] of Object.entries(cases)) {
    const { steps } = await run(folder.path, config, changes);
    assertNotEquals(steps, 0, name);
  }
  assertEquals((await run(folder.path, input)).steps, 0);
});

Deno.test("a training that failed or was interrupted is not kept", async () => {
  using folder = tempFolder();
  await assertRejects(
    () => run(folder.path, input, { stopAt: 3 }),
    Error,
    "Expected luck",
  );
  const signal = AbortSignal.abort(new DOMException("Stop", "AbortError"));
  await assertRejects(
    () => run(folder.path, input, { signal }),
    DOMException,
    "Stop",
  );
  assertEquals([...Deno.readDirSync(folder.path)], []);
  assertEquals((await run(folder.path, input)).steps, 5);
});

Deno.test("a training after a drawing that failed is not kept: the drawing may have changed the model", async () => {
  using folder = tempFolder();
  const draw: Stage<{ readonly model: Model }, object> = stage("draw", {
    needs: ["model"],
    adds: {},
  }, ({ model }) => {
    model.weights[0] = 9;
    throw new RangeError("Expected a canvas");
  });
  const whole = pipeline<Config>("task").pipe(build).pipe(draw)
    .pipe(trainer({ steps: 0 })).give("sum");
  await runStage(whole, input, {
    ...{ seed: 0, device: "tfjs", threads: 1, store: memoryRun() },
    progress: quiet,
    signal: new AbortController().signal,
    stageCache: stageCache(keptStages(folder.path, quiet.warn), "code"),
  });
  assertEquals([...Deno.readDirSync(folder.path)], []);
});

Deno.test("a run goes on from its own checkpoint rather than from the cache", async () => {
  using folder = tempFolder();
  await run(folder.path, input);
  const store = memoryRun();
  await assertRejects(() =>
    run(folder.path, { ...input, steps: 9 }, { store, stopAt: 3 })
  );
  const { steps } = await run(folder.path, { ...input, steps: 9 }, { store });
  assertEquals(steps, 6);
  assertEquals([...Deno.readDirSync(folder.path)].length, 1); // of the resumed one, some records are not known
});
