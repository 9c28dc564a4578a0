import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { RunStart } from "../../../../pipelines/core/run/new_record.ts";
import {
  createRun,
  type FolderHost,
  resumeRun,
  type RunFolder,
} from "../../../../pipelines/core/run/run_folder.ts";
import { readRecord } from "../../../../pipelines/core/run/run_record.ts";
import { readSummary } from "../../../../pipelines/core/run/summary.ts";
import { tempFolder } from "../temp_folder.ts";

const start: RunStart = {
  task: "vae-k3",
  config: { data: "auto", epochs: 20 },
  seed: 7,
  device: "tfjs",
  threads: 2,
  commandLine: ["deno", "task", "vae-k3"],
};
const host: FolderHost = { checkpointMinutes: 5, warn: () => {} };
const dataset = { name: "mnist", sha256: "ba89" };

/** A run that stopped without an ending, as a killed process leaves it. */
function leaveKilled(path: string): void {
  using run = createRun(path, start, host);
  run.store.describe({ dataset });
}

function finish(run: RunFolder): void {
  run.end({ status: "finished", summary: { "test/elbo": -130.9 } });
}

Deno.test("createRun() records what it takes to repeat the run, from the first moment", async () => {
  using folder = tempFolder();
  const path = `${folder.path}/a/b`;
  using run = createRun(path, start, host);
  run.store.describe({ dataset });
  run.store.describe({ binarization: "threshold" });
  const record = await readRecord(path);
  assertEquals(record, run.record());
  const { task, config, seed, device, threads, status, facts, versions } =
    record;
  assertEquals({ task, config, seed, device, threads }, {
    task: "vae-k3",
    config: { data: "auto", epochs: 20 },
    seed: 7,
    device: "tfjs",
    threads: 2,
  });
  assertEquals(status, "running");
  assertEquals(facts, { dataset, binarization: "threshold" });
  assertEquals(versions["deno"], Deno.version.deno);
  assertEquals(versions["@tensorflow/tfjs"], "4.22.0");
  assert(record.peakMemoryBytes > 1e6);
});

Deno.test("a finished run has a flat summary without times", async () => {
  using folder = tempFolder();
  using run = createRun(folder.path, start, host);
  run.store.describe({ dataset });
  finish(run);
  assertEquals(await readSummary(folder.path), {
    task: "vae-k3",
    dataset: "mnist",
    device: "tfjs",
    seed: 7,
    "test/elbo": -130.9,
  });
  const { status, endedAt } = await readRecord(folder.path);
  assertEquals([status, typeof endedAt], ["finished", "string"]);
});

Deno.test("a number of the summary must be finite, and not hide the task or the seed", () => {
  using folder = tempFolder();
  using run = createRun(folder.path, start, host);
  assertThrows(
    () => run.end({ status: "finished", summary: { "test/elbo": -Infinity } }),
    RangeError,
    "Expected a finite test/elbo but found -Infinity",
  );
  assertThrows(
    () => run.end({ status: "finished", summary: { seed: 3 } }),
    TypeError,
    'Expected a number not to be called "seed"',
  );
});

Deno.test("a failed run keeps its error, on one line and in full", async () => {
  using folder = tempFolder();
  using run = createRun(folder.path, start, host);
  const cause = new RangeError("Expected luck");
  run.end({ status: "failed", error: new Error("Cannot finish", { cause }) });
  const { status, error, trace } = await readRecord(folder.path);
  assertEquals([status, error], ["failed", "Cannot finish"]);
  assert(trace?.includes("Expected luck"));
});

Deno.test("createRun() never touches a folder that holds something", () => {
  using folder = tempFolder();
  Deno.writeTextFileSync(`${folder.path}/notes.txt`, "mine");
  assertThrows(
    () => createRun(folder.path, start, host),
    Error,
    `Expected ${folder.path} to be new or empty but found "notes.txt"`,
  );
  assertEquals([...Deno.readDirSync(folder.path)].length, 1);
});

Deno.test("resumeRun() goes on with a killed run", async () => {
  using folder = tempFolder();
  leaveKilled(folder.path);
  const before = await readRecord(folder.path);
  {
    using run = await resumeRun(folder.path, start, host);
    run.store.describe({ dataset });
    finish(run);
  }
  const after = await readRecord(folder.path);
  assertEquals(after.startedAt, before.startedAt);
  assert(after.seconds > before.seconds);
  await assertRejects(
    () => resumeRun(folder.path, start, host),
    RangeError,
    "is finished",
  );
  assertEquals(await readRecord(folder.path), after);
});

Deno.test("resumeRun() refuses other settings, telling each difference", async () => {
  using folder = tempFolder();
  leaveKilled(folder.path);
  const before = Deno.readTextFileSync(`${folder.path}/run.json`);
  await assertRejects(
    () =>
      resumeRun(folder.path, {
        ...start,
        seed: 8,
        config: { data: "auto", epochs: 30 },
      }, host),
    RangeError,
    "Expected the run's settings to stay: seed was 7 but is now 8; epochs was 20 but is now 30",
  );
  const task = { task: "flow", config: {} };
  await assertRejects(
    () => resumeRun(folder.path, task, host),
    RangeError,
    'task was "vae-k3" but is now "flow"',
  );
  assertEquals(Deno.readTextFileSync(`${folder.path}/run.json`), before);
});

Deno.test("a resumed run refuses other data", async () => {
  using folder = tempFolder();
  leaveKilled(folder.path);
  using run = await resumeRun(folder.path, start, host);
  run.store.describe({ dataset: { ...dataset, origin: "elsewhere" } });
  assertThrows(
    () => run.store.describe({ dataset: { ...dataset, sha256: "ffff" } }),
    RangeError,
    'Expected the run\'s data to stay: dataset.sha256 was "ba89" but is now "ffff"',
  );
});

Deno.test("a resumed run warns of other versions", async () => {
  using folder = tempFolder();
  leaveKilled(folder.path);
  const path = `${folder.path}/run.json`;
  const text = Deno.readTextFileSync(path);
  const { deno } = Deno.version;
  Deno.writeTextFileSync(path, text.replace(`"${deno}"`, '"1.0.0"'));
  const warnings: string[] = [];
  const warn = (text: string) => void warnings.push(text);
  using _ = await resumeRun(folder.path, start, { ...host, warn });
  assertEquals(warnings, [
    `The run began with deno 1.0.0 and goes on with ${deno}`,
  ]);
});

Deno.test("one process at a time uses a run's folder", async () => {
  using folder = tempFolder();
  using _ = createRun(folder.path, start, host);
  await assertRejects(
    () => resumeRun(folder.path, start, host),
    Error,
    "another process uses it",
  );
});

Deno.test("resumeRun() leaves a folder without a run as it is", async () => {
  using folder = tempFolder();
  await assertRejects(
    () => resumeRun(folder.path, start, host),
    Error,
    `Expected ${folder.path} to be the folder of a run but found no run.json`,
  );
  assertEquals([...Deno.readDirSync(folder.path)], []);
});

Deno.test("readRecord() names the file and the rule that is broken", async () => {
  using folder = tempFolder();
  leaveKilled(folder.path);
  const path = `${folder.path}/run.json`;
  const text = Deno.readTextFileSync(path);
  Deno.writeTextFileSync(path, text.replace('"seed": 7', '"seed": "7"'));
  await assertRejects(
    () => readRecord(folder.path),
    SyntaxError,
    `Cannot read ${path}: seed: `,
  );
  Deno.writeTextFileSync(path, text.slice(0, -20));
  await assertRejects(
    () => readRecord(folder.path),
    SyntaxError,
    `Expected ${path} to be JSON`,
  );
});
