import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { startSweep as startHere } from "../../../pipelines/sweeps/start_sweep.ts";
import type { SweepTools } from "../../../pipelines/sweeps/sweep_tools.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { endOf } from "../core/task/toy_process.ts";
import { task } from "../core/task/toy_task.ts";
import {
  bytesOf,
  isThere,
  runSweep,
  startSweep,
  statusOf,
  sweepWell,
  until,
} from "./sweep_process.ts";

const TOY = ["toy-task", "--epochs", "1", "--threads", "1"];

/** The program around a sweep that starts nothing. */
const tools: SweepTools = {
  load(name) {
    if (name === task.name) return Promise.resolve(task);
    return Promise.reject(new RangeError(`Expected no ${name}`));
  },
  fileOf: () => "none",
  program: "none",
  runFlags: [],
};

Deno.test("a sweep runs each case once, leaves its results, and goes on with what is missing", async () => {
  using folder = tempFolder();
  const sweep = `${folder.path}/sweep`;
  const args = [...TOY, "--rate", "0.1,0.2", "--seed", "0..1"];
  const flags = ["--sweep", sweep, "--parallel", "2"];
  const shown = await sweepWell(folder.path, [...args, ...flags]);
  assertStringIncludes(shown, "toy-task, 4 cases: 4 finished");
  assertEquals(
    `${shown.split("\n\nFiles in")[0]}\n`,
    text(sweep, "results.txt"),
  );
  const [head, first] = text(sweep, "results.csv").split("\n");
  assertEquals(head, "case,rate,seed,status,seconds,train/loss,test/loss");
  assertMatch(
    first!,
    /^rate=0\.1_seed=0,0\.1,0,finished,[\d.]+,0\.\d+,0\.\d+$/,
  );
  assert(isThere(`${sweep}/figures/comparison.png`));

  const plan = text(sweep, "sweep.json");
  const [gone, kept] = ["rate=0.2_seed=0", "rate=0.1_seed=1"];
  const before = bytesOf(`${sweep}/${gone}`);
  const record = text(sweep, `${kept}/run.json`);
  await Deno.remove(`${sweep}/${gone}`, { recursive: true });
  const again = await runSweep(folder.path, ["--sweep", sweep]);
  assertMatch(again.stderr, /4 cases: 3 finished, 1 missing; 1 to run/);
  assertEquals(again.code, 0, again.stderr);
  assertEquals(bytesOf(`${sweep}/${gone}`), before);
  assertEquals(text(sweep, `${kept}/run.json`), record);
  assertEquals(text(sweep, "sweep.json"), plan);

  let reported = 0;
  const report = () => (reported++, "<!doctype html>");
  await startHere({ ...tools, report }, ["--sweep", sweep, "--results"]);
  assertEquals(reported, 1);
  assertEquals(text(sweep, "report.html"), "<!doctype html>");
  await assertRejects(
    () =>
      startHere(tools, [
        ...TOY,
        "--rate",
        "0.1,0.3",
        "--seed",
        "0..1",
        "--sweep",
        sweep,
      ]),
    RangeError,
    '/sweep.json describes but found {"epochs":1,"rate":0.3,"seed":0} in place of {"epochs":1,"rate":0.2,"seed":0}',
  );
  await assertRejects(
    () => startHere(tools, ["--sweep", sweep, "--threads", "2"]),
    RangeError,
    "found 2 threads in place of 1",
  );
});

Deno.test("a sweep that is interrupted keeps each case, and ends with the bytes of one that was not", async () => {
  using folder = tempFolder();
  const [sweep, whole] = [`${folder.path}/sweep`, `${folder.path}/whole`];
  const args = [...TOY, "--seed", "0..1"];
  const hold = `${folder.path}/hold`;
  await Deno.writeTextFile(hold, "");
  const held = [...args, "--hold", hold, "--sweep", sweep];
  const process = startSweep(folder.path, held);
  const run = `${sweep}/seed=0`;
  await until("a checkpoint", () => isThere(`${run}/checkpoints/toy-task/fit`));
  const second = await runSweep(folder.path, ["--sweep", sweep]);
  assertEquals(second.code, 1);
  assertStringIncludes(second.stderr, "but another process uses it");
  process.kill("SIGINT");
  const { code, stderr } = await endOf(process);
  assertEquals(code, 130, stderr);
  assertStringIncludes(stderr, "seed=0: stopped after");
  assertEquals(statusOf(run), "interrupted");
  assertEquals(statusOf(`${sweep}/seed=1`), undefined);
  const limited = await runSweep(folder.path, [
    "--sweep",
    sweep,
    "--time",
    "0.01",
  ]);
  assertEquals(limited.code, 124, limited.stderr);
  await Deno.remove(hold);
  await sweepWell(folder.path, ["--sweep", sweep]);
  await sweepWell(folder.path, [...args, "--sweep", whole]);
  for (const name of ["seed=0", "seed=1"]) {
    assertEquals(bytesOf(`${sweep}/${name}`), bytesOf(`${whole}/${name}`));
  }
});

Deno.test("a failed case stays failed unless --retry, and with --fail-fast stops the others", async () => {
  using folder = tempFolder();
  const sweep = `${folder.path}/sweep`;
  const args = [...TOY, "--fault", "nan,none", "--sweep", sweep];
  const first = await runSweep(folder.path, [...args, "--fail-fast"]);
  assertEquals(first.code, 1);
  assertMatch(
    first.stderr,
    /fault=nan: failed, see .*\/logs\/fault=nan\.log after/,
  );
  assertMatch(
    first.stdout,
    /fault=nan is failed: .*NaN.*; see .*\nfault=none is missing/,
  );
  const log = () => text(sweep, "logs/fault=nan.log").match(/NaN/g)?.length;
  const told = log();
  const second = await runSweep(folder.path, ["--sweep", sweep]);
  assertEquals(second.code, 1);
  assertMatch(second.stderr, /1 failed, 1 missing; 1 to run/);
  assertEquals(statusOf(`${sweep}/fault=none`), "finished");
  assertEquals(log(), told);
  const third = await runSweep(folder.path, ["--sweep", sweep, "--retry"]);
  assertEquals(third.code, 1);
  assertMatch(third.stderr, /1 failed, 1 finished; 1 to run/);
  assertEquals(log(), 2 * told!);
});

Deno.test("--dry-run shows the cases and writes nothing", async () => {
  using folder = tempFolder();
  const sweep = `${folder.path}/sweep`;
  const args = [...TOY, "--seed", "0..1", "--sweep", sweep, "--dry-run"];
  const shown = await sweepWell(folder.path, args);
  assertStringIncludes(
    shown,
    ": 2 missing; 2 to run\n  seed=0  missing, begins",
  );
  assertEquals(isThere(sweep), false);
});

const refused: readonly (readonly [args: string, reason: string])[] = [
  ["--sweep FOLDER/none", "FOLDER/none to go on with but found no sweep.json"],
  ["--seed 0", "Expected a known flag but found --seed"],
  ["--parallel 2", "Expected a task first, or --sweep"],
  ["other-task --sweep FOLDER/a", "Expected no other-task"],
  ["toy-task --rate 0.1,2 --sweep FOLDER/a", 'at most 1 but found "2"'],
  ["toy-task --rat 0.1 --sweep FOLDER/a", "did you mean --rate?"],
  ["toy-task --out FOLDER/a", "Expected a known flag but found --out"],
  ["toy-task --parallel 1 --parallel 2", "Expected --parallel only once"],
  ["toy-task --sweep FOLDER/a,b", "without comma, percent sign and backslash"],
  ["toy-task --sweep FOLDER/%a", "without comma, percent sign and backslash"],
  [
    "toy-task --launcher slurm --time 3 --sweep FOLDER/a",
    "Expected --time of at least 4 minutes with Slurm but found 3",
  ],
];

for (const [args, reason] of refused) {
  Deno.test(`a sweep refuses ${args} before it writes anything`, async () => {
    using folder = tempFolder();
    const here = (text: string) => text.replaceAll("FOLDER", folder.path);
    const words = here(args).split(" ");
    await assertRejects(() => startHere(tools, words), Error, here(reason));
    assertEquals([...Deno.readDirSync(folder.path)], []);
  });
}

Deno.test("a sweep refuses a folder that holds a run with other settings", async () => {
  using folder = tempFolder();
  const sweep = `${folder.path}/sweep`;
  await sweepWell(folder.path, [...TOY, "--sweep", sweep]);
  const plan = JSON.parse(text(sweep, "sweep.json"));
  const write = (changes: object) =>
    Deno.writeTextFileSync(
      `${sweep}/sweep.json`,
      JSON.stringify({ ...plan, ...changes }),
    );
  write({ cases: [{ name: "case=0", settings: { epochs: 2 } }] });
  await assertRejects(
    () => startHere(tools, ["--sweep", sweep, "--results"]),
    RangeError,
    "/case=0: Expected the run's settings to stay: epochs was 1 but is now 2",
  );
  write({ cases: [{ name: "../case=0", settings: {} }] });
  await assertRejects(
    () => startHere(tools, ["--sweep", sweep, "--results"]),
    SyntaxError,
    "cases.0.name",
  );
});

function text(sweep: string, file: string): string {
  return Deno.readTextFileSync(`${sweep}/${file}`);
}
