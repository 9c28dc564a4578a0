import { assertEquals } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { stageClock } from "../../../../pipelines/core/run/progress/stage_clock.ts";
import { readRecord } from "../../../../pipelines/core/run/run_record.ts";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import { stage } from "../../../../pipelines/core/stage.ts";
import { tempFolder } from "../temp_folder.ts";

const silent = { stage() {}, update() {}, note() {}, warn() {} };

Deno.test("the clock runs for the stage that began last", () => {
  let time = 100;
  const told: string[] = [];
  const { progress, seconds } = stageClock(
    { ...silent, stage: (path) => void told.push(path.join("/")) },
    undefined,
    () => time,
  );
  assertEquals(seconds(), {});
  progress.stage(["task", "load"]);
  time += 2;
  progress.stage(["task", "fit", "train"]);
  time += 30.04;
  assertEquals(seconds(), { "load": 2, "fit > train": 30 });
  time += 1;
  progress.stage(["task", "load"]);
  time += 3;
  assertEquals(seconds(), { "load": 5, "fit > train": 31 });
  assertEquals(told, ["task/load", "task/fit/train", "task/load"]);
});

Deno.test("the clock goes on from an earlier process, and stands still where time steps back", () => {
  let time = 50;
  const earlier = { train: 10, nonsense: "x" };
  const { progress, seconds } = stageClock(silent, earlier, () => time);
  progress.stage(["task", "train"]);
  time += 5;
  assertEquals(seconds(), { train: 15 });
  time -= 40;
  assertEquals(seconds(), { train: 15 });
  time += 1;
  assertEquals(seconds(), { train: 16 });
});

Deno.test("a run's record says how long each stage took, of a run that failed too", async () => {
  const wait = stage("wait", { needs: [], adds: {} }, async () => {
    await new Promise((done) => setTimeout(done, 120));
    return {};
  });
  const adds = { luck: "what a stage that adds nothing would not cost" };
  const fail = stage("fail", { needs: [], adds }, (): { luck: number } => {
    throw new Error("Out of luck");
  });
  using folder = tempFolder();
  const out = `${folder.path}/run`;
  const task = pipeline<object>("task").pipe(wait).pipe(fail);
  const options = { seed: 1, device: "cpu", threads: 1, out } as const;
  await execute(task, {}, options).catch(() => {});
  const { status, facts } = await readRecord(out);
  const seconds = facts["stageSeconds"] as Record<string, number>;
  assertEquals(status, "failed");
  assertEquals(Object.keys(seconds), ["task", "wait", "fail"]);
  assertEquals(seconds["wait"]! >= 0.1, true);
});
