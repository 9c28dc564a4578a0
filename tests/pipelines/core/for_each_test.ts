import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { type Case, forEach } from "../../../pipelines/core/for_each.ts";
import { pipeline } from "../../../pipelines/core/pipeline.ts";
import { uniform } from "../../../pipelines/core/random/uniform.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
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
