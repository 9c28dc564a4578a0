import { assertEquals, assertMatch } from "@std/assert";
import { tempFolder } from "../core/temp_folder.ts";
import {
  bytesOf,
  isThere,
  runSweep,
  statusOf,
  sweepWell,
  until,
} from "./sweep_process.ts";
import {
  arrayIn,
  bash,
  beginNow,
  bringBack,
  cluster,
  loseNode,
  nodeOf,
  scheduleOf,
  settle,
  skipped,
} from "./test_cluster.ts";

/** Two epochs and one of polishing: 60 steps; no more than eleven while a file is there. */
function toy(hold = "none"): readonly string[] {
  const steps = ["--epochs", "2", "--hold", hold];
  return ["toy-task", ...steps, "--threads", "1", "--seed", "0..1"];
}

/** Makes the file that holds the cases of a sweep back until it is removed. */
async function holdBack(folder: string): Promise<string> {
  const hold = `${folder}/hold`;
  await Deno.writeTextFile(hold, "");
  return hold;
}

const SLURM = ["--launcher", "slurm", "--time", "10"];

/** Waits for the results, which are the last of a sweep. */
async function untilOver(sweep: string): Promise<void> {
  await until("results", () => isThere(`${sweep}/results.txt`));
}

/** Compares both cases with those of a sweep on this machine that never waits: waiting is no part of the numbers. */
async function assertAsHere(folder: string, sweep: string): Promise<void> {
  await sweepWell(folder, [...toy(), "--sweep", `${folder}/here`]);
  for (const name of ["seed=0", "seed=1"]) {
    const expected = bytesOf(`${folder}/here/${name}`);
    assertEquals(bytesOf(`${sweep}/${name}`), expected);
  }
}

/** Waits until a case has kept its first checkpoint. */
async function untilKept(run: string): Promise<void> {
  const kept = `${run}/checkpoints/toy-task/fit`;
  await until(`a checkpoint in ${run}`, () => isThere(kept));
}

async function anArray(folder: string): Promise<void> {
  const [here, there] = [`${folder}/here`, `${folder}/there`];
  const vae = [
    ...["vae-k3", "--data", "digits", "--device", "cpu", "--threads", "1"],
    ...["--latent", "2,3", "--hidden", "20", "--epochs", "1", "--batch", "40"],
    ...["--train-images", "400", "--test-images", "80"],
    ...["--importance-samples", "10"],
  ];
  const program = { program: "tasks/sweep.ts" };
  const args = [...vae, ...SLURM, "--sweep", there];
  const submitted = await sweepWell(folder, args, program);
  assertMatch(submitted, /^Array job \d+ runs 2 cases, job \d+ then writes/);
  await sweepWell(folder, [...vae, "--sweep", here], program);
  await untilOver(there);
  for (const name of ["latent=2", "latent=3"]) {
    assertEquals(bytesOf(`${there}/${name}`), bytesOf(`${here}/${name}`));
    for (const part of ["encoder", "decoder"]) {
      const read = (sweep: string) =>
        Deno.readFileSync(`${sweep}/${name}/model/${part}.onnx`);
      assertEquals(read(there), read(here));
    }
  }
  const text = (sweep: string) => Deno.readTextFileSync(`${sweep}/results.txt`);
  assertEquals(text(there), text(here));
}

async function aTimeLimit(folder: string): Promise<void> {
  const sweep = `${folder}/limit`;
  const hold = await holdBack(folder);
  const args = [...toy(hold), ...SLURM, "--sweep", sweep];
  const job = arrayIn(await sweepWell(folder, args));
  const run = `${sweep}/seed=0`;
  await untilKept(run);
  await bash(`scontrol update JobId=${job}_0 TimeLimit=1`); // less than the notice: Slurm gives it now
  await until(
    "the element to wait again",
    async () =>
      scheduleOf(sweep, 0).includes("queued again") &&
      await nodeOf(job, 0) === "",
  );
  assertEquals(statusOf(run), "interrupted");
  const lines = Deno.readTextFileSync(`${run}/metrics.jsonl`).trimEnd();
  const { step } = JSON.parse(lines.split("\n").at(-1)!); // never empty
  const name = `step-${String(step).padStart(9, "0")}.safetensors`;
  const kept = ["fit", "polish"]
    .filter((stage) => isThere(`${run}/checkpoints/toy-task/${stage}/${name}`));
  assertEquals(kept.length, 1);
  const again = await runSweep(folder, [...SLURM, "--sweep", sweep]);
  assertMatch(again.stderr, /2 cases: 1 queued, .*; 0 to run/);
  await Deno.remove(hold);
  await bash(`scontrol update JobId=${job}_0 TimeLimit=10`);
  await beginNow(job, 0);
  await untilOver(sweep);
  assertMatch(scheduleOf(sweep, 0), /start 2 on n[12], --resume/);
  assertEquals(scheduleOf(sweep, 1).match(/start/g)?.length, 1);
  await assertAsHere(folder, sweep);
}

async function aLostNode(folder: string): Promise<void> {
  const sweep = `${folder}/lost`;
  const hold = await holdBack(folder);
  const args = [...toy(hold), ...SLURM, "--sweep", sweep];
  const env = { SBATCH_PARTITION: "frail" };
  const job = arrayIn(await sweepWell(folder, args, { env }));
  await untilKept(`${sweep}/seed=0`);
  await untilKept(`${sweep}/seed=1`);
  await loseNode("n3");
  try {
    await until(
      "the elements to wait again",
      async () => await nodeOf(job, 0) === "" && await nodeOf(job, 1) === "",
    );
  } finally {
    await bringBack("n3");
  }
  assertEquals(statusOf(`${sweep}/seed=0`), "running"); // as it was when it was lost
  await Deno.remove(hold);
  await settle(); // a node that returns is told once more to end what it ran
  await beginNow(job, 0);
  await beginNow(job, 1);
  await untilOver(sweep);
  assertMatch(scheduleOf(sweep, 0), /start 2 on n3, --resume/);
  await assertAsHere(folder, sweep);
}

async function aCancelledArray(folder: string): Promise<void> {
  const sweep = `${folder}/cancelled`;
  const hold = await holdBack(folder);
  const args = [...toy(hold), ...SLURM, "--sweep", sweep, "--parallel", "1"];
  const job = arrayIn(await sweepWell(folder, args));
  await untilKept(`${sweep}/seed=0`);
  await bash(`scancel ${job}`);
  await untilOver(sweep);
  assertEquals(statusOf(`${sweep}/seed=0`), "interrupted");
  assertEquals(statusOf(`${sweep}/seed=1`), undefined);
  const table = Deno.readTextFileSync(`${sweep}/results.txt`);
  assertMatch(table, /seed=0 is interrupted\nseed=1 is missing/);
  await Deno.remove(`${sweep}/results.txt`);
  await Deno.remove(hold);
  await sweepWell(folder, [...SLURM, "--sweep", sweep]);
  await untilOver(sweep);
  await assertAsHere(folder, sweep);
}

async function aFailure(folder: string): Promise<void> {
  const sweep = `${folder}/failed`;
  const faults = ["toy-task", "--fault", "nan,none", "--threads", "1"];
  const flags = ["--fail-fast", "--parallel", "1", "--sweep", sweep];
  await sweepWell(folder, [...faults, ...SLURM, ...flags]);
  await untilOver(sweep);
  assertEquals(statusOf(`${sweep}/fault=nan`), "failed");
  assertEquals(statusOf(`${sweep}/fault=none`), undefined);
}

const claims = {
  "an array ends with the bytes of the same sweep here, and a job that waits for it writes the results":
    anArray,
  "before its time limit a case keeps that very step and is queued again, alone and once; it ends with the same bytes":
    aTimeLimit,
  "cases whose node goes away are queued again by Slurm, and end with the same bytes":
    aLostNode,
  "scancel leaves what was kept, and the sweep goes on from there":
    aCancelledArray,
  "--fail-fast cancels the other cases of an array": aFailure,
};

// Slurm looks at its jobs now and then: each claim takes up to a minute of waiting, and they wait together
Deno.test({
  name: `sweeps on Slurm${skipped}`,
  ignore: cluster === undefined,
  async fn(t) {
    await Promise.all(
      Object.entries(claims).map(async ([name, check]) => {
        using folder = tempFolder();
        await t.step({
          name,
          fn: () => check(folder.path),
          sanitizeExit: false, // as steps that run together must
          sanitizeOps: false,
          sanitizeResources: false,
        });
      }),
    );
  },
});
