import { UsageError } from "../../../../pipelines/core/task/usage_error.ts";
import type { Summary } from "../../../../pipelines/core/run/summary.ts";
import { stage } from "../../../../pipelines/core/stage.ts";
import { defineTask } from "../../../../pipelines/core/task/task.ts";
import type { RunRecord } from "../../../../pipelines/core/run/run_record.ts";
import { assertEquals, assertThrows } from "@std/assert";
import { newRecord } from "../../../../pipelines/core/run/new_record.ts";
import {
  newSettings,
  readCommandLine,
  recordedSettings,
  repeatableSettings,
  wantedSettings,
} from "../../../../pipelines/core/task/settings.ts";
import { count, list } from "../../../../pipelines/core/task/fields.ts";
import type { Task } from "../../../../pipelines/core/task/task.ts";
import { task as toy } from "./toy_task.ts";

const task: Task = {
  ...toy,
  flags: {
    epochs: count(5, "passes", { smoke: 1 }),
    samples: list([1, 50], count(1, "samples")),
  },
};
const settings = (...args: readonly string[]) =>
  newSettings(task, readCommandLine(task, args));
const wanted = (...args: readonly string[]) =>
  wantedSettings(task, readCommandLine(task, args));

Deno.test("newSettings() joins defaults, --smoke and flags", () => {
  const { config, seed, device } = settings("--smoke", "--samples=1,2");
  assertEquals(config, { data: "auto", epochs: 1, samples: [1, 2] });
  assertEquals([seed, device], [0, "auto"]);
});

Deno.test("recordedSettings() are those that were recorded", () => {
  const before = settings("--seed", "3", "--samples=7", "--device=cpu");
  const start = {
    task: task.name,
    ...before,
    device: "cpu",
    commandLine: [],
  } as const;
  const record = newRecord(start);
  assertEquals(recordedSettings(task, record), before);
  const broken = (config: typeof record.config) => () =>
    recordedSettings(task, { ...record, config });
  assertThrows(
    broken({ data: "auto", epochs: 1 }),
    RangeError,
    'Expected the run to have "samples" in its record',
  );
  assertThrows(
    broken({ ...before.config, batchSize: 8 }),
    RangeError,
    "Expected a flag --batch-size of toy-task",
  );
  assertThrows(
    broken({ ...before.config, epochs: -1 }),
    RangeError,
    'Expected a whole number of at least 1 but found "-1"',
  );
});

Deno.test("repeatableSettings() take what a run settled by measuring", () => {
  const before = settings("--device=cpu");
  const start = { task: task.name, ...before, device: "cpu", commandLine: [] };
  const plain = newRecord({ ...start, device: "cpu" });
  assertEquals(repeatableSettings(task, plain), before);
  const measured = { ...plain, facts: { settled: { epochs: 9 } } };
  assertEquals(repeatableSettings(task, measured).config["epochs"], 9);
  assertEquals(recordedSettings(task, measured), before);
  const wrong = { ...plain, facts: { settled: { epochs: -9 } } };
  assertThrows(() => repeatableSettings(task, wrong), RangeError);
});

Deno.test("repeatableSettings() take the data that was found, not what would be found today", () => {
  const dataOf = (args: readonly string[], facts: RunRecord["facts"]) => {
    const before = settings("--device=cpu", ...args);
    const start = { task: task.name, ...before, commandLine: [] };
    const record = { ...newRecord({ ...start, device: "cpu" }), facts };
    return repeatableSettings(task, record).config["data"];
  };
  const facts = { dataset: { name: "digits", sha256: "abc" } };
  assertEquals(dataOf([], facts), "digits");
  assertEquals(dataOf([], {}), "auto");
  assertEquals(dataOf(["--data=./mine"], facts), "./mine");
});

Deno.test("recordedSettings() know an empty list from a missing one", () => {
  const before = settings("--samples=", "--device=cpu");
  assertEquals(before.config["samples"], []);
  const start = { task: task.name, ...before, commandLine: [] };
  const record = newRecord({ ...start, device: "cpu" });
  assertEquals(recordedSettings(task, record), before);
});

Deno.test("wantedSettings() leave open what was not given", () => {
  const open = { data: undefined, epochs: undefined, samples: undefined };
  assertEquals(wanted("--device", "auto"), {
    task: "toy-task",
    config: open,
    seed: undefined,
    device: undefined,
    threads: undefined,
  });
  assertEquals(wanted("--smoke").config, { ...open, epochs: 1 });
  const { config, seed, device } = wanted(
    "--data=a",
    "--seed=1",
    "--device=cpu",
  );
  assertEquals([config["data"], seed, device], ["a", 1, "cpu"]);
});

Deno.test("a task that loads nothing refuses --data, and records none", () => {
  const still = defineTask<object>({
    name: "still",
    about: "Loads nothing.",
    flags: {},
    pipeline: stage<object, { readonly summary: Summary }>("still", {
      needs: [],
      adds: { summary: "nothing" },
    }, () => ({ summary: {} })),
  });
  for (const flag of ["--data=mnist", "--data-limit=2", "--no-cache"]) {
    assertThrows(
      () => readCommandLine(still, [flag]),
      UsageError,
      "Expected a known flag but found",
    );
  }
  const { config } = newSettings(still, readCommandLine(still, ["--seed=3"]));
  assertEquals(config, {});
  const start = { task: "still", seed: 3, threads: 1, commandLine: [] };
  const record = newRecord({
    ...start,
    config: { data: "auto" }, // as an earlier version wrote it
    device: "cpu",
  });
  assertEquals(recordedSettings(still, record).config, {});
});
