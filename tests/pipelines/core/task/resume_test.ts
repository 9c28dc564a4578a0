import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readRecord } from "../../../../pipelines/core/run/run_record.ts";
import { tempFolder } from "../temp_folder.ts";
import { waitForLines } from "../wait_for_lines.ts";
import {
  type Ended,
  endOf,
  holdIn,
  runToy,
  startProgram,
  wait,
} from "./toy_process.ts";

/** A step of at least 3 ms: the 120 steps last a third of a second, and more. */
const SLOW = ["--pause", "3", "--threads", "1"];

/** What two equal runs have in common, byte for byte. */
function numbers(run: string): readonly string[] {
  return ["metrics.jsonl", "summary.json"]
    .map((name) => Deno.readTextFileSync(`${run}/${name}`));
}

async function undisturbed(folder: string): Promise<readonly string[]> {
  const run = `${folder}/undisturbed`;
  const { code, stderr } = await runToy(folder, "--out", run, ...SLOW);
  assertEquals(code, 0, stderr);
  return numbers(run);
}

/** Starts or resumes the toy task, and kills it some time after it has opened its folder. */
async function kill(
  run: string,
  folder: string,
  how: "--out" | "--resume",
  milliseconds: number,
): Promise<void> {
  const before = await Deno.stat(`${run}/run.json`).catch(() => undefined);
  const flags = how === "--out" ? SLOW : [];
  const process = startProgram("toy_task.ts", folder, [how, run, ...flags]);
  const isOpen = async () => {
    const now = await Deno.stat(`${run}/run.json`).catch(() => undefined);
    return now !== undefined && now.ino !== before?.ino; // a rename brings a new file
  };
  let isOver = false;
  const end = endOf(process).then(() => isOver = true);
  while (!isOver && !await isOpen()) await wait(2);
  await wait(milliseconds);
  if (!isOver) process.kill("SIGKILL");
  await end;
}

Deno.test("a run killed at random moments ends byte for byte as if never killed", async () => {
  using folder = tempFolder();
  const expected = await undisturbed(folder.path);
  const run = `${folder.path}/killed`;
  const moments = Array.from({ length: 6 }, () => Math.random() * 80);
  for (const [i, milliseconds] of moments.entries()) {
    await kill(run, folder.path, i === 0 ? "--out" : "--resume", milliseconds);
  }
  const { code, stderr } = await runToy(folder.path, "--resume", run);
  const when = `killed after ${moments.join(", ")} ms\n${stderr}`;
  assertEquals(code, 0, when);
  assertEquals(numbers(run), expected, when);
  const { status } = await readRecord(run);
  assertEquals(status, "finished");
});

Deno.test("a run with a torn line and a damaged checkpoint ends as if never killed", async () => {
  using folder = tempFolder();
  const expected = await undisturbed(folder.path);
  const run = `${folder.path}/killed`;
  const flags = ["--out", run, "--pause=20", "--threads=1"]; // two seconds, and more
  const first = startProgram("toy_task.ts", folder.path, flags);
  await waitForLines(first, run, 2);
  first.kill("SIGKILL");
  await endOf(first);
  const again = startProgram("toy_task.ts", folder.path, ["--resume", run]);
  await waitForLines(again, run, 35);
  again.kill("SIGKILL");
  await endOf(again);
  await Deno.writeTextFile(`${run}/metrics.jsonl`, '{"step":', {
    append: true,
  });
  const checkpoints = `${run}/checkpoints/toy-task/fit`;
  const newest = [...Deno.readDirSync(checkpoints)].map(({ name }) => name)
    .filter((name) => name.endsWith(".safetensors")).sort().at(-1)!; // 35 lines: at least three
  await Deno.truncate(`${checkpoints}/${newest}`, 200);
  const { code, stderr } = await runToy(folder.path, "--resume", run);
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "Warning: Left out a damaged checkpoint");
  assertEquals(numbers(run), expected);
});

/** The step of the newest checkpoint, and that of the last line. */
function reached(run: string): readonly number[] {
  const [newest] = [...Deno.readDirSync(`${run}/checkpoints/toy-task/fit`)]
    .map(({ name }) =>
      Number(/^step-(\d+)\.safetensors$/.exec(name)?.[1] ?? -1)
    )
    .sort((a, b) => b - a);
  const line = Deno.readTextFileSync(`${run}/metrics.jsonl`).trimEnd()
    .split("\n").at(-1)!; // never empty
  return [newest!, JSON.parse(line).step];
}

Deno.test("Ctrl-C and its like keep that very step and tell how to go on", async () => {
  using folder = tempFolder();
  const expected = await undisturbed(folder.path);
  for (
    const [signal, exitCode] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
      ["SIGHUP", 129],
      ["SIGUSR1", 138],
    ] as const
  ) {
    const run = `${folder.path}/${signal}`;
    const hold = holdIn(folder.path);
    const flags = ["--out", run, "--hold", hold, "--threads=1"];
    const process = startProgram("toy_task.ts", folder.path, flags);
    await waitForLines(process, run, 12);
    process.kill(signal);
    const { code, stderr } = await endOf(process);
    assertEquals(code, exitCode, stderr);
    assertStringIncludes(
      stderr,
      `Interrupted\nTo go on from the newest checkpoint: deno task toy-task --resume ${run}`,
    );
    assertEquals((await readRecord(run)).status, "interrupted");
    const [checkpoint, line] = reached(run);
    assertEquals(checkpoint, line);
    Deno.removeSync(hold);
    assertEquals((await runToy(folder.path, "--resume", run)).code, 0);
    assertEquals(numbers(run), expected);
  }
});

Deno.test("--time stops a run as Ctrl-C does", async () => {
  using folder = tempFolder();
  const expected = await undisturbed(folder.path);
  const run = `${folder.path}/run`;
  const flags = ["--out", run, "--pause=20", "--threads=1", "--time=0.005"];
  const { code, stderr } = await runToy(folder.path, ...flags);
  assertEquals(code, 124, stderr);
  assertStringIncludes(stderr, "Stopped after 0.005 min\nTo go on");
  const [checkpoint, line] = reached(run);
  assertEquals(checkpoint, line);
  assertEquals((await runToy(folder.path, "--resume", run)).code, 0);
  assertEquals(numbers(run), expected);
});

Deno.test("a second Ctrl-C ends at once", async () => {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  const flags = ["--out", run, "--pause", "120000"];
  const process = startProgram("toy_task.ts", folder.path, flags);
  await waitForLines(process, run, 2);
  const began = performance.now();
  process.kill("SIGINT");
  let told = "";
  const errors = process.stderr.pipeThrough(new TextDecoderStream());
  for await (const text of errors) {
    const before = told;
    told += text;
    const line = "Interrupted: stopping at the next batch";
    if (told.includes(line) && !before.includes(line)) process.kill("SIGINT");
  }
  await process.stdout.cancel();
  assertEquals((await process.status).code, 130, told);
  assert(performance.now() - began < 120_000); // the batch lasts two minutes
});

Deno.test("two processes do not share a run", async () => {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  const flags = ["--out", run, "--pause", "60000"];
  const process = startProgram("toy_task.ts", folder.path, flags);
  await waitForLines(process, run, 2);
  const second = await runToy(folder.path, "--resume", run);
  process.kill("SIGKILL");
  await endOf(process);
  assertEquals(second.code, 1);
  assertStringIncludes(second.stderr, "another process uses it");
});

Deno.test("--resume refuses other flags, and a finished run", async () => {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  const flags = ["--out", run, "--smoke", "--seed", "3"];
  assertEquals((await runToy(folder.path, ...flags)).code, 0);
  const resume = (...args: readonly string[]): Promise<Ended> =>
    runToy(folder.path, "--resume", run, ...args);
  const before = Deno.readTextFileSync(`${run}/run.json`);
  const cases: readonly (readonly [readonly string[], string])[] = [
    [["--epochs", "2"], "epochs was 1 but is now 2"],
    [["--seed=4"], "seed was 3 but is now 4"],
    [["--data=other"], 'data was "auto" but is now "other"'],
    [["--device=cpu"], 'device was "tfjs" but is now "cpu"'],
  ];
  for (const [args, difference] of cases) {
    const { code, stderr } = await resume(...args);
    assertEquals(code, 1);
    assertStringIncludes(stderr, difference);
  }
  const { code, stdout, stderr } = await resume("--seed=3", "--epochs=1");
  assertEquals(code, 0);
  assertStringIncludes(stderr, `${run} is finished: nothing was changed`);
  assertStringIncludes(stdout, "test/loss");
  assertEquals(Deno.readTextFileSync(`${run}/run.json`), before);
});

Deno.test("a run that does not repeat itself is refused when resumed", async () => {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  const flags = ["--out", run, "--fault=drift", "--hold", holdIn(folder.path)];
  const process = startProgram("toy_task.ts", folder.path, flags);
  await waitForLines(process, run, 12);
  process.kill("SIGKILL");
  await endOf(process);
  const { code, stderr } = await runToy(folder.path, "--resume", run);
  assertEquals(code, 1);
  assertStringIncludes(
    stderr,
    `Cannot finish stage "toy-task > load": Expected the run to repeat itself in ${run}/metrics.jsonl`,
  );
});

Deno.test("a run whose folder is moved away fails, and goes on from where it was kept", async () => {
  using folder = tempFolder();
  const expected = await undisturbed(folder.path);
  const run = `${folder.path}/run`;
  const hold = holdIn(folder.path);
  const flags = ["--out", run, "--hold", hold, "--threads=1"];
  const process = startProgram("toy_task.ts", folder.path, flags);
  await waitForLines(process, run, 12);
  Deno.renameSync(run, `${folder.path}/moved`);
  Deno.removeSync(hold);
  const { code, stderr } = await endOf(process);
  assertEquals(code, 1, stderr);
  const [, kept = ""] =
    /what was measured so far is kept in (\S+)/.exec(stderr) ?? [];
  assert(kept.startsWith(`${run}-rescued-`), stderr);
  assertStringIncludes(stderr, `--resume ${kept}`);
  assertEquals(Deno.statSync(`${folder.path}/moved`).isDirectory, true);
  const again = await runToy(folder.path, "--resume", kept);
  assertEquals(again.code, 0, again.stderr);
  assertEquals(numbers(kept), expected);
});
