import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { type Case, forEach } from "../../../pipelines/core/for_each.ts";
import { pipeline } from "../../../pipelines/core/pipeline.ts";
import { uniform } from "../../../pipelines/core/random/uniform.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import {
  type MemoryRun,
  memoryRun,
} from "../../../pipelines/core/run/memory_run.ts";
import { type Stage, stage } from "../../../pipelines/core/stage.ts";
import { StageError } from "../../../pipelines/core/stage_error.ts";

interface Number {
  readonly x: number;
}

const double: Stage<
  Number,
  { readonly twice: number; readonly drawn: number }
> = stage(
  "double",
  { needs: ["x"], adds: { twice: "2x", drawn: "at random" } },
  ({ x }, { key, metrics }) => {
    if (x < 0) throw new RangeError(`Expected x of at least 0 but found ${x}`);
    metrics.record({ step: x, epoch: 0, values: { twice: 2 * x } });
    return { twice: 2 * x, drawn: uniform(key, 1)[0]! };
  },
);

function each(cases: readonly Case<Number>[]) {
  return forEach("each", {
    needs: [],
    adds: { results: "a number for each case" },
    cases: (_: object) => cases,
    stage: pipeline<Number>("one").pipe(double).give("twice", "drawn"),
    collect: (results) => ({ results }),
  });
}

function runCases(cases: readonly Case<Number>[], store = memoryRun()) {
  return execute(each(cases), {}, { seed: 0, store });
}

Deno.test("forEach() runs the stage for each case, in order", async () => {
  const store = memoryRun();
  const cases = [{ name: "a", input: { x: 1 } }, {
    name: "b",
    input: { x: 5 },
  }];
  const { results } = await runCases(cases, store);
  assertEquals(results.map(({ name, out }) => [name, out.twice]), [
    ["a", 2],
    ["b", 10],
  ]);
  assertEquals(store.records.map(({ step, values }) => [step, values]), [
    [1, { "a/twice": 2 }],
    [5, { "b/twice": 10 }],
  ]);
});

Deno.test("forEach() gives each case the key of its name, or of its key's name", async () => {
  const input = { x: 0 };
  const { results } = await runCases([
    { name: "a", input },
    { name: "b", input },
    { name: "c", input, keyName: "a" },
  ]);
  const [a, b, c] = results.map(({ out }) => out.drawn);
  assertNotEquals(a, b);
  assertEquals(a, c);
  const { results: alone } = await runCases([{ name: "b", input }]);
  assertEquals(alone[0]!.out.drawn, b);
});

Deno.test("forEach() names the case that failed", async () => {
  await assertRejects(
    () => runCases([{ name: "a", input: { x: -1 } }]),
    StageError,
    'Cannot finish stage "each > a > double": Expected x of at least 0 but found -1',
  );
});

Deno.test("forEach() refuses two cases of one name", async () => {
  const one = { name: "a", input: { x: 0 } };
  await assertRejects(
    () => runCases([one, one]),
    StageError,
    'Expected one case called "a" but found two',
  );
});

/** Counts to x, with a record and a checkpoint at each step; stops where told. */
function countsTo(controller: AbortController, stopAt: string): Stage<
  Number,
  { readonly counted: number }
> {
  return stage("count", {
    needs: ["x"],
    adds: { counted: "x" },
  }, async ({ x }, { path, checkpoints, metrics, signal }) => {
    const found = await checkpoints.restore(path);
    for (let step = (found?.step ?? 0) + 1; step <= x; step++) {
      metrics.record({ step, epoch: 0, values: { step10: 10 * step } });
      await checkpoints.save(path, { step, tensors: {}, state: null });
      if (`${path.join("/")} ${step}` === stopAt) controller.abort();
      signal.throwIfAborted();
    }
    return { counted: x };
  });
}

Deno.test("forEach() goes on in the case where it stopped", async () => {
  const runTo = async (stopAt: string, store: MemoryRun) => {
    const controller = new AbortController();
    const counting = forEach("each", {
      needs: [],
      adds: { counted: "the number of each case" },
      cases: (_: object) =>
        [2, 3, 1].map((x) => ({ name: `to${x}`, input: { x } })),
      stage: pipeline<Number>("one").pipe(countsTo(controller, stopAt))
        .give("counted"),
      collect: (results) => ({
        counted: results.map(({ name, input, out }) =>
          `${name}: ${input.x} ${out.counted}`
        ),
      }),
    });
    const { signal } = controller;
    return await execute(counting, {}, { seed: 0, store, signal });
  };
  const whole = memoryRun();
  const { counted } = await runTo("never", whole);
  assertEquals(counted, ["to2: 2 2", "to3: 3 3", "to1: 1 1"]);
  const store = memoryRun();
  await assertRejects(() => runTo("each/to3/count 2", store), DOMException);
  assertEquals(store.records.length, 4);
  assertEquals((await runTo("never", store)).counted, counted);
  assertEquals(store.records, whole.records);
});
