import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Json } from "../../../pipelines/core/context.ts";
import { pipeline } from "../../../pipelines/core/pipeline.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { readRecord } from "../../../pipelines/core/run/run_record.ts";
import type { Summary } from "../../../pipelines/core/run/summary.ts";
import { type Stage, stage } from "../../../pipelines/core/stage.ts";
import { StageError } from "../../../pipelines/core/stage_error.ts";
import { count } from "../../../pipelines/core/task/fields.ts";
import type { Flags } from "../../../pipelines/core/task/flags.ts";
import { defineTask, type Task } from "../../../pipelines/core/task/task.ts";
import { family } from "../../../pipelines/families/family.ts";
import { measurePace } from "../../../pipelines/families/measure_pace.ts";
import { obtainRuns } from "../../../pipelines/families/obtain_runs.ts";
import { leaveSamples } from "../../../pipelines/images/left_samples.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { withClock } from "../scripted_clock.ts";

interface Config {
  readonly epochs: number;
}

const flags: Flags<Config> = { epochs: count(50, "tens of milliseconds") };

/** A task whose training takes ten milliseconds an epoch, and which leaves a sample. */
function sleeper(): Task {
  const train: Stage<Partial<Config>, object> = stage("train", {
    needs: [],
    settings: flags,
    adds: {},
  }, async (
    { epochs },
    { progress, signal },
  ) => {
    for (let step = 0; step <= epochs; step++) {
      signal.throwIfAborted();
      if (step > 0) await new Promise((done) => setTimeout(done, 10));
      const values = {};
      progress.update({ step, steps: epochs, items: 1, unit: "naps", values });
    }
    return {};
  });
  const leave: Stage<Partial<Config>, { readonly summary: Summary }> = stage(
    "leave",
    {
      needs: [],
      settings: flags,
      adds: {
        summary: "epochs slept",
      },
    },
    async ({ epochs }, context) => {
      const pixels = new Uint8Array(4);
      const sample = { pixels, rows: 2, columns: 2, made: "naps" };
      await leaveSamples(sample, context);
      return { summary: { epochs } };
    },
  );
  return defineTask<Config>({
    name: "sleeper",
    about: "Sleeps.",
    flags,
    pipeline: pipeline<Partial<Config> & { readonly data: string }>("sleeper")
      .pipe(train).pipe(leave).give("summary"),
  });
}

const setting = { seed: 1, device: "cpu", threads: 1 } as const;

async function obtained(
  place: string,
  { minutes, lengths = [] }: { minutes: number; lengths?: string[] },
): Promise<{ readonly epochs: number; readonly settled: Json | undefined }> {
  const store = memoryRun();
  const stage = obtainRuns([family("Sleeper", sleeper())]);
  const { familyRuns: [run] } = await execute(
    stage,
    { place, data: "none", minutes, lengths, familySeed: 4 },
    { ...setting, store },
  );
  return { epochs: run!.summary["epochs"]!, settled: store.facts["settled"] };
}

Deno.test("measurePace() finds the time of the whole training without going through it", async () => {
  const options = {
    ...setting,
    progress: { stage() {}, update() {}, note() {}, warn() {} },
    signal: new AbortController().signal,
  };
  const config = { data: "none", epochs: 100_000 };
  const seconds = await measurePace(sleeper(), config, options, 0.2);
  assert(seconds >= 1000, `${seconds} s`); // sleeping ten milliseconds takes at least as long
  assert(seconds < 100_000, `${seconds} s`);
});

Deno.test("measurePace() stops at the first moment after the time to look, and multiplies what a step took", async () => {
  const options = {
    ...setting,
    progress: { stage() {}, update() {}, note() {}, warn() {} },
    signal: new AbortController().signal,
  };
  const paceOf = (epochs: number, times: readonly number[]) =>
    withClock(
      "families/measure_pace.ts",
      times,
      () => measurePace(sleeper(), { data: "none", epochs }, options, 0.25),
    );
  // 3 steps within a quarter of a second, the time to look, and no further ones
  const times = [1000, 1125, 1200, 1250];
  assertEquals(await paceOf(600, times), [600 * 0.25 / 3, 4]);
  // a moment without a step does not count, however late it comes
  assertEquals(await paceOf(1, [1000, 1500]), [0.5, 2]);
  assertEquals(await paceOf(2, [1000, 1125, 1187.5]), [0.1875, 3]); // a short training
});

Deno.test("a family trains for the minutes asked for, and what was settled is told", async () => {
  using folder = tempFolder();
  const minutes = 0.3 / 60;
  const { epochs, settled } = await obtained(folder.path, { minutes });
  assert(epochs >= 1 && epochs <= 30, `${epochs} epochs of ten milliseconds`);
  assertEquals(settled, { lengths: [`sleeper=${epochs}`] });
  const record = await readRecord(`${folder.path}/sleeper-4`);
  assertEquals([record.seed, record.config["epochs"]], [4, epochs]);
  const again = await obtained(folder.path, { minutes: 5 });
  assertEquals(again.epochs, epochs); // a run that is there stays as long as it is
});

Deno.test("lengths that are given are not measured, and must be those of a run that is there", async () => {
  using folder = tempFolder();
  const given = { minutes: 5, lengths: ["sleeper=3"] };
  assertEquals((await obtained(folder.path, given)).epochs, 3);
  await assertRejects(
    () => obtained(folder.path, { minutes: 5, lengths: ["sleeper=4"] }),
    StageError,
    "epochs",
  );
  await assertRejects(
    () => obtained(folder.path, { minutes: 5, lengths: ["napper=4"] }),
    StageError,
    "Expected one of sleeper",
  );
});

Deno.test("without minutes a family trains as long as its own settings say", async () => {
  using folder = tempFolder();
  assertEquals((await obtained(folder.path, { minutes: 0 })).epochs, 50);
});
