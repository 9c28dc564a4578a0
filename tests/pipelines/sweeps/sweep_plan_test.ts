import { assertEquals, assertThrows } from "@std/assert";
import {
  count,
  list,
  text,
  toggle,
} from "../../../pipelines/core/task/fields.ts";
import { readFlags } from "../../../pipelines/core/task/flags.ts";
import { combine, flagsOf } from "../../../pipelines/sweeps/sweep_plan.ts";

Deno.test("combine() makes a case of each combination, the last setting first", () => {
  const { varied, cases } = combine({
    latent: [2, 3],
    epochs: [1],
    seed: [0, 1],
  });
  assertEquals(varied, ["latent", "seed"]);
  assertEquals(cases, [
    { name: "latent=2_seed=0", settings: { latent: 2, epochs: 1, seed: 0 } },
    { name: "latent=2_seed=1", settings: { latent: 2, epochs: 1, seed: 1 } },
    { name: "latent=3_seed=0", settings: { latent: 3, epochs: 1, seed: 0 } },
    { name: "latent=3_seed=1", settings: { latent: 3, epochs: 1, seed: 1 } },
  ]);
});

const names: readonly [Parameters<typeof combine>[0], readonly string[]][] = [
  [{ hidden: [[500], [200, 200]] }, ["hidden=500", "hidden=200-200"]],
  [{ learningRate: [1e-7, 0.5] }, ["learning-rate=1e-7", "learning-rate=0.5"]],
  [{ data: ["/a, b", "c"] }, ["data=-a-b", "data=c"]],
  [{ data: ["a/b", "a,b"] }, ["case=0", "case=1"]], // the same without signs
  [{ title: ["A", "a"] }, ["case=0", "case=1"]], // the same on some disks
  [{ title: ["x".repeat(130), "y"] }, ["case=0", "case=1"]],
  [{ latent: [2] }, ["case=0"]],
  [{}, ["case=0"]],
];

for (const [alternatives, expected] of names) {
  const text = JSON.stringify(alternatives).slice(0, 40);
  Deno.test(`combine() calls the cases of ${text} ${expected}`, () => {
    assertEquals(combine(alternatives).cases.map(({ name }) => name), expected);
  });
}

Deno.test("combine() refuses more than 1,000 cases", () => {
  const seeds = Array.from({ length: 500 }, (_, i) => i);
  assertEquals(combine({ latent: [1, 2], seed: seeds }).cases.length, 1000);
  assertThrows(
    () => combine({ latent: [1, 2, 3], seed: seeds }),
    Error,
    "Expected at most 1000 cases but found 1500",
  );
});

Deno.test("flagsOf() writes flags that a task reads back", () => {
  const fields = {
    latent: count(3, "dimensions"),
    batchSize: count(10, "images"),
    hidden: list([500], count(1, "units")),
    title: text("", "of figures"),
    shuffle: toggle("draw a new order", { fallback: true }),
    smoke: toggle("small"),
  };
  const settings = {
    batchSize: 5,
    hidden: [20, 30],
    title: "--a=b c",
    shuffle: false,
    smoke: true,
  };
  const flags = flagsOf(fields, settings);
  assertEquals(flags, [
    "--batch-size=5",
    "--hidden=20,30",
    "--title=--a=b c",
    "--no-shuffle",
    "--smoke",
  ]);
  assertEquals(readFlags(fields, flags), settings);
  assertEquals(readFlags(fields, flagsOf(fields, { hidden: [] })), {
    hidden: [],
  });
});
