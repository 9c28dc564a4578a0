import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { readRecord } from "../../../pipelines/core/run/run_record.ts";
import type { Summary } from "../../../pipelines/core/run/summary.ts";
import { type Stage, stage } from "../../../pipelines/core/stage.ts";
import { StageError } from "../../../pipelines/core/stage_error.ts";
import { count } from "../../../pipelines/core/task/fields.ts";
import type { Flags } from "../../../pipelines/core/task/flags.ts";
import { defineTask, type Task } from "../../../pipelines/core/task/task.ts";
import { bitsOf } from "../../../pipelines/families/bits_of.ts";
import {
  bounds,
  family,
  type FamilyRun,
} from "../../../pipelines/families/family.ts";
import { nearestImages } from "../../../pipelines/families/nearest_images.ts";
import { obtainRuns } from "../../../pipelines/families/obtain_runs.ts";
import { leaveSamples } from "../../../pipelines/images/left_samples.ts";
import { ownEnvironment } from "../core/own_environment.ts";
import { tempFolder } from "../core/temp_folder.ts";

Deno.test("bitsOf() changes nats into bits, with their error, and leaves bits as they are", () => {
  const summary = {
    "test/logLikelihood": -100,
    "test/logLikelihoodStdErr": 2,
    "test/bitsPerDim": 1.25,
  };
  const nats = bitsOf({ summary, bound: bounds.threshold }, 784)!;
  const unit = 784 * Math.LN2;
  assertEquals(nats, { bits: 100 / unit, standardError: 2 / unit });
  const bits = bitsOf({ summary, bound: bounds.flow }, 784);
  assertEquals(bits, { bits: 1.25, standardError: undefined });
  assertEquals(bitsOf({ summary }, 784), undefined);
  assertThrows(
    () => bitsOf({ summary: {}, bound: bounds.flow }, 784),
    RangeError,
    'Expected the run to have "test/bitsPerDim" in its summary',
  );
});

Deno.test("nearestImages() finds the nearest image and the root mean square difference", () => {
  const images = Uint8Array.of(0, 0, 100, 100, 255, 255);
  const queries = Uint8Array.of(90, 110, 255, 255, 0, 51);
  assertEquals(nearestImages(queries, images, 2), [
    { index: 1, distance: 10 / 255 },
    { index: 2, distance: 0 },
    { index: 0, distance: Math.sqrt(51 ** 2 / 2) / 255 },
  ]);
});

interface ToyConfig {
  readonly level: number;
}

const toyFlags: Flags<ToyConfig> = { level: count(7, "grey of each sample") };

/** A task that leaves three samples of 2 x 2 pixels, unless it is told to fail. */
function toy(log: string[], mood: { fails: boolean }): Task {
  const pipeline: Stage<
    Partial<ToyConfig> & { readonly data: string },
    { readonly summary: Summary }
  > = stage("toy", {
    needs: [],
    settings: toyFlags,
    adds: { summary: "" },
  }, async ({ level }, context) => {
    log.push(`made with ${level}`);
    await context.checkpoints.save(context.path, {
      step: 1,
      tensors: {},
      state: level,
    });
    if (mood.fails) throw new Error("Out of luck");
    const pixels = new Uint8Array(12).fill(level);
    await leaveSamples(
      {
        pixels,
        rows: 2,
        columns: 2,
        made: "squares",
        seconds: 0.5,
        parameters: 17,
      },
      context,
    );
    return { summary: { level, "test/bitsPerDim": 1.5 } };
  });
  return defineTask<ToyConfig>({
    name: "toy",
    about: "Leaves squares.",
    flags: toyFlags,
    pipeline,
  });
}

async function obtained(
  place: string,
  task: Task,
  level = 9,
): Promise<readonly FamilyRun[]> {
  const row = { settings: { level }, bound: bounds.flow };
  const stage = obtainRuns([family("Toy", task, row)]);
  const input = { place, data: "none", minutes: 0 };
  const { familyRuns } = await execute(stage, input, {
    seed: 3,
    device: "cpu",
    threads: 1,
  });
  return familyRuns;
}

Deno.test("obtainRuns() makes a missing run, and reads it the next time", async () => {
  using folder = tempFolder();
  const log: string[] = [];
  const task = toy(log, { fails: false });
  const [made] = await obtained(folder.path, task);
  assertEquals(made!.summary, { level: 9, "test/bitsPerDim": 1.5 });
  assertEquals(made!.samples.count, 3);
  assertEquals(made!.samples.perSecond, 6);
  assertEquals(made!.samples.parameters, 17);
  assertEquals([...made!.samples.pixels], new Array(12).fill(9));
  const [read] = await obtained(folder.path, task);
  assertEquals(read, made);
  assertEquals(log, ["made with 9"]);
});

Deno.test("obtainRuns() looks in the folder of all runs unless told where", async () => {
  using folder = tempFolder();
  using _ = ownEnvironment({ LOWERBOUND_RUNS: folder.path });
  await obtained("", toy([], { fails: false }));
  const made = `${folder.path}/families/toy-0`;
  assertEquals((await readRecord(made)).status, "finished");
});

Deno.test("obtainRuns() goes on with a run that failed", async () => {
  using folder = tempFolder();
  const log: string[] = [];
  const mood = { fails: true };
  const task = toy(log, mood);
  await assertRejects(
    () => obtained(folder.path, task),
    StageError,
    "Out of luck",
  );
  assertEquals((await readRecord(`${folder.path}/toy-0`)).status, "failed");
  mood.fails = false;
  await obtained(folder.path, task);
  assertEquals((await readRecord(`${folder.path}/toy-0`)).status, "finished");
  assertEquals(log.length, 2);
});

Deno.test("obtainRuns() refuses a finished run with other settings", async () => {
  using folder = tempFolder();
  const task = toy([], { fails: false });
  await obtained(folder.path, task, 9);
  await assertRejects(
    () => obtained(folder.path, task, 10),
    StageError,
    "level",
  );
});
