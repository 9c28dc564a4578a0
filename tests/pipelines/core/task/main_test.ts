import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readMetrics } from "../../../../pipelines/core/run/metrics/read_metrics.ts";
import { readRecord } from "../../../../pipelines/core/run/run_record.ts";
import { tempFolder } from "../temp_folder.ts";
import { endOf, runToy, startProgram } from "./toy_process.ts";

Deno.test("a task prints its numbers beside their bands, and leaves a run", async () => {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  const flags = ["--data", "dots", "--out", run];
  const { code, stdout, stderr } = await runToy(folder.path, ...flags);
  assertEquals(code, 0, stderr);
  assertMatch(
    stdout,
    /^train\/loss +0\.00\d+ +nats +in band 0 to 0\.02$/m,
  );
  assertMatch(stdout, /^test\/loss .*OUTSIDE the band 100 to 200$/m);
  assertStringIncludes(stdout, `Files in ${run}`);
  assertMatch(stdout, /^Took 0:\d\d, at most \d+ MiB of memory$/m);
  assertMatch(stderr, /^fit 100\/100/m);
  const { commandLine, status } = await readRecord(run);
  assertEquals(commandLine, ["deno", "task", "toy-task", ...flags]);
  assertEquals(status, "finished");
  assertEquals((await readMetrics(`${run}/metrics.jsonl`)).length, 121);
});

Deno.test("--json prints the summary and only it; --smoke gives way to flags", async () => {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  const flags = ["--smoke", "--rate=0.5", "--json", "--quiet", "--out", run];
  const { code, stdout, stderr } = await runToy(folder.path, ...flags);
  assertEquals([code, stderr], [0, ""]);
  assertEquals(stdout, Deno.readTextFileSync(`${run}/summary.json`));
  const { config } = await readRecord(run);
  assertEquals([config["epochs"], config["rate"]], [1, 0.5]);
});

Deno.test("equal seeds give equal bytes, other seeds give others", async () => {
  using folder = tempFolder();
  const metrics = async (name: string, seed: string) => {
    const run = `${folder.path}/${name}`;
    await runToy(folder.path, "--smoke", "--seed", seed, "--out", run);
    return Deno.readTextFileSync(`${run}/metrics.jsonl`);
  };
  const first = await metrics("a", "1");
  assertEquals(await metrics("b", "1"), first);
  assertEquals(await metrics("c", "2") === first, false);
});

Deno.test("--help and --plan do no work", async () => {
  using folder = tempFolder();
  const help = await runToy(folder.path, "-h");
  assertEquals([help.code, help.stderr], [0, ""]);
  assertStringIncludes(help.stdout, "Usage: deno task toy-task [flags]");
  const plan = await runToy(folder.path, "--plan", "--smoke", "--seed", "4");
  assertEquals([plan.code, plan.stderr], [0, ""]);
  assertMatch(plan.stdout, /^ {2}epochs +1$/m);
  assertMatch(
    plan.stdout,
    /^ {4}fit from target, epochs, rate, pause, hold, fault$/m,
  );
  assertEquals([...Deno.readDirSync(folder.path)], []);
});

Deno.test("wrong usage ends with 2 before any work", async () => {
  using folder = tempFolder();
  const out = `${folder.path}/run`;
  for (
    const [flags, message] of [
      [["--epoch=3"], "did you mean --epochs?"],
      [["--fault", "trow"], 'did you mean "throw"?'],
      [["--resume", out], "Expected --out or --resume but found both"],
    ] as const
  ) {
    const { code, stderr } = await runToy(folder.path, "--out", out, ...flags);
    assertEquals(code, 2);
    assertStringIncludes(stderr, message);
    assertStringIncludes(stderr, "See deno task toy-task --help");
  }
  assertEquals([...Deno.readDirSync(folder.path)], []);
});

Deno.test("a failure ends with 1 and one line without a stack", async () => {
  using folder = tempFolder();
  const cases = [
    ["throw", 'Cannot finish stage "toy-task > fit": Expected luck'],
    [
      "nan",
      'Cannot finish stage "toy-task > fit": Expected a finite train/loss but found NaN at step 7',
    ],
  ] as const;
  for (const [fault, message] of cases) {
    const run = `${folder.path}/${fault}`;
    const flags = ["--fault", fault, "--out", run, "--quiet"];
    const { code, stdout, stderr } = await runToy(folder.path, ...flags);
    assertEquals([code, stdout], [1, ""]);
    assertEquals(stderr.split("\n")[0], message);
    assertEquals(stderr.includes("    at "), false);
    const { status, error } = await readRecord(run);
    assertEquals([status, error], ["failed", message]);
  }
});

Deno.test("a run that measured nothing leaves no folder and no advice to go on", async () => {
  using folder = tempFolder();
  const flags = ["--fault=early", "--out", `${folder.path}/run`, "--quiet"];
  const { code, stderr } = await runToy(folder.path, ...flags);
  assertEquals(code, 1);
  assertEquals(
    stderr,
    'Cannot finish stage "toy-task > load": Expected data\nNothing was trained or measured yet, and nothing is kept\n',
  );
  assertEquals([...Deno.readDirSync(folder.path)], []);
});

Deno.test("a run that knows an untrained model only leaves no folder, and a given one empty", async () => {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  Deno.mkdirSync(run);
  const flags = ["--fault=begin", "--out", run, "--quiet"];
  const { stderr } = await runToy(folder.path, ...flags); // after a record and a checkpoint at step 0
  assertStringIncludes(stderr, "nothing is kept");
  assertEquals(stderr.includes("--resume"), false);
  assertEquals([...Deno.readDirSync(run)], []);
});

Deno.test("a run that failed before its first checkpoint does not advise to go on", async () => {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  const flags = ["--fault=nan", "--out", run, "--quiet"];
  const { stderr } = await runToy(folder.path, ...flags);
  assertStringIncludes(
    stderr,
    `There is no checkpoint to go on from; what was measured is in ${run}`,
  );
  assertEquals(stderr.includes("--resume"), false);
});

Deno.test("--out where nothing may be written says exactly what to type", async () => {
  using folder = tempFolder();
  using elsewhere = tempFolder();
  const out = `${elsewhere.path}/it's/run`;
  const { code, stderr } = await runToy(folder.path, "--out", out, "--smoke");
  assertEquals(code, 1);
  const quoted = (path: string) => `'${path.replace("'", "'\\''")}'`;
  assertEquals(
    stderr,
    `Not allowed to write ${out}; to allow its folder: LOWERBOUND_RUNS=${
      quoted(`${elsewhere.path}/it's`)
    } deno task toy-task --out ${quoted(out)} --smoke\n`,
  );
});

Deno.test("a run goes on where nobody reads its progress", async () => {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  const flags = ["--out", run, "--pause=5"];
  const process = startProgram("toy_task.ts", folder.path, flags);
  await process.stderr.cancel();
  const [{ code }] = await Promise.all([
    process.status,
    process.stdout.cancel(),
  ]);
  assertEquals([code, (await readRecord(run)).status], [1, "finished"]); // the result has no reader either
});

Deno.test("--out leaves a folder with content as it is", async () => {
  using folder = tempFolder();
  Deno.writeTextFileSync(`${folder.path}/notes.txt`, "mine");
  const { code, stderr } = await runToy(folder.path, "--out", folder.path);
  assertEquals(code, 1);
  assertStringIncludes(stderr, `to be new or empty but found "notes.txt"`);
  assertEquals([...Deno.readDirSync(folder.path)].length, 1);
});

Deno.test("rerun repeats a run and compares every number", async () => {
  using folder = tempFolder();
  const rerun = (...args: readonly string[]) =>
    endOf(startProgram("toy_rerun.ts", folder.path, args));
  const first = `${folder.path}/first`;
  const flags = ["--smoke", "--seed", "5", "--threads", "1", "--out", first];
  await runToy(folder.path, ...flags);
  const same = await rerun(first, "--out", `${folder.path}/same`);
  assertEquals(same.code, 0, same.stderr);
  assertEquals(same.stdout.split("\n").slice(0, 2), [
    "summary.json: all 2 numbers agree bit for bit",
    "metrics.jsonl: all 123 numbers agree bit for bit", // 41 records of 3 numbers
  ]);
  const { seed, threads } = await readRecord(`${folder.path}/same`);
  assertEquals([seed, threads], [5, 1]);

  const path = `${first}/metrics.jsonl`;
  const text = Deno.readTextFileSync(path);
  Deno.writeTextFileSync(
    path,
    text.replace('"load/size":64', '"load/size":63'),
  );
  const other = await rerun(first, "--out", `${folder.path}/other`);
  assertEquals(other.code, 1);
  assertStringIncludes(
    other.stdout,
    "metrics.jsonl: 1 of 123 numbers differ, most of all load/size in line 1: 63 and 64",
  );
});

Deno.test("rerun refuses other data before any work", async () => {
  using folder = tempFolder();
  const first = `${folder.path}/first`;
  await runToy(folder.path, "--smoke", "--data=dots", "--out", first);
  const path = `${first}/run.json`;
  const text = Deno.readTextFileSync(path);
  Deno.writeTextFileSync(path, text.replace("sum of dots", "another sum"));
  const { code, stderr } = await endOf(
    startProgram("toy_rerun.ts", folder.path, [
      ...[first, "--out", `${folder.path}/again`],
    ]),
  );
  assertEquals(code, 1);
  assertStringIncludes(
    stderr,
    `Expected the run's data to stay: dataset.sha256 was "another sum" but is now "sum of dots"`,
  );
  assertEquals([...Deno.readDirSync(folder.path)].map(({ name }) => name), [
    "first",
  ]);
});

Deno.test("rerun tells how it is used", async () => {
  using folder = tempFolder();
  const none = await endOf(startProgram("toy_rerun.ts", folder.path, []));
  assertEquals(none.code, 2);
  assertStringIncludes(none.stderr, "Expected the folder of a run first");
  const help = await endOf(
    startProgram("toy_rerun.ts", folder.path, ["--help"]),
  );
  assertEquals(help.code, 0);
  assertStringIncludes(help.stdout, "Usage: deno task rerun FOLDER");
});
