import { assert, assertEquals, assertMatch } from "@std/assert";
import { tempFolder } from "../core/temp_folder.ts";
import {
  bytesOf,
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
  skipped,
} from "./test_cluster.ts";

/** Two epochs and one of polishing: 60 steps, each of at least 200 ms. */
const SLOW = [
  ...["toy-task", "--epochs", "2", "--pause", "200", "--threads", "1"],
  ...["--seed", "0..1"],
];

/** The same steps without the waiting, which is no part of the numbers. */
const FAST = SLOW.map((word) => word === "200" ? "0" : word);

const SLURM = ["--launcher", "slurm", "--time", "10"];

/** Whether a file of results has been written, the last of what a sweep does. */
function isOver(sweep: string): boolean {
  try {
    return Deno.statSync(`${sweep}/results.txt`).isFile;
  } catch {
    return false;
  }
}

/** Waits until a case has kept its first checkpoint. */
async function untilKept(run: string): Promise<void> {
  await until(`a checkpoint in ${run}`, () => {
    try {
      return [...Deno.readDirSync(`${run}/checkpoints/toy-task/fit`)].length >
        0;
    } catch {
      return false;
    }
  });
}

function claim(name: string, check: (folder: string) => Promise<void>): void {
  Deno.test({
    name: `${name}${skipped}`,
    ignore: cluster === undefined,
    async fn() {
      using folder = tempFolder();
      await Deno.chmod(folder.path, 0o755);
      await check(folder.path);
    },
  });
}

claim(
  "an array ends with the bytes of the same sweep on one machine, and a job that waits for it writes the results",
  async (folder) => {
    const [here, there] = [`${folder}/here`, `${folder}/there`];
    const vae = [
      ...["vae-k3", "--data", "digits", "--device", "cpu", "--threads", "1"],
      ...[
        "--latent",
        "2,3",
        "--hidden",
        "20",
        "--epochs",
        "1",
        "--batch",
        "40",
      ],
      ...["--train-images", "400", "--test-images", "80"],
      ...["--importance-samples", "10"],
    ];
    const task = "tasks/sweep.ts";
    const submitted = await sweepWell(folder, [
      ...vae,
      ...SLURM,
      "--sweep",
      there,
    ], task);
    assertMatch(submitted, /^Array job \d+ runs 2 cases, job \d+ then writes/);
    await sweepWell(folder, [...vae, "--sweep", here], task);
    await until("results", () => isOver(there));
    for (const name of ["latent=2", "latent=3"]) {
      assertEquals(bytesOf(`${there}/${name}`), bytesOf(`${here}/${name}`));
      for (const part of ["encoder", "decoder"]) {
        const read = (sweep: string) =>
          Deno.readFileSync(`${sweep}/${name}/model/${part}.onnx`);
        assertEquals(read(there), read(here));
      }
    }
    const text = (sweep: string) =>
      Deno.readTextFileSync(`${sweep}/results.txt`);
    assertEquals(text(there), text(here));
  },
);

claim(
  "before its time limit a case keeps that very step and is queued again alone; it ends with the same bytes",
  async (folder) => {
    const sweep = `${folder}/limit`;
    const job = arrayIn(
      await sweepWell(folder, [...SLOW, ...SLURM, "--sweep", sweep]),
    );
    const run = `${sweep}/seed=0`;
    await untilKept(run);
    await bash(`scontrol update JobId=${job}_0 TimeLimit=1`); // less than the notice: Slurm tells it now
    await until(
      "the element to wait again",
      async () =>
        scheduleOf(sweep, 0).includes("queued again") &&
        await nodeOf(job, 0) === "",
    );
    assertEquals(statusOf(run), "interrupted");
    const lines = Deno.readTextFileSync(`${run}/metrics.jsonl`).trimEnd().split(
      "\n",
    );
    const { step } = JSON.parse(lines.at(-1)!); // never empty
    const padded = String(step).padStart(9, "0");
    const kept = `${run}/checkpoints/toy-task/fit/step-${padded}.safetensors`;
    assert(Deno.statSync(kept).isFile);
    await bash(`scontrol update JobId=${job}_0 TimeLimit=10`);
    await beginNow(job, 0);
    await sweepWell(folder, [...FAST, "--sweep", `${folder}/here`]);
    await until("results", () => isOver(sweep));
    assertMatch(scheduleOf(sweep, 0), /start 2 on n[12], --resume/);
    assertEquals(scheduleOf(sweep, 1).match(/start/g)?.length, 1);
    for (const name of ["seed=0", "seed=1"]) {
      assertEquals(
        bytesOf(`${sweep}/${name}`),
        bytesOf(`${folder}/here/${name}`),
      );
    }
  },
);

claim(
  "a case whose node goes away is queued again by Slurm, and ends with the same bytes",
  async (folder) => {
    const sweep = `${folder}/lost`;
    const job = arrayIn(
      await sweepWell(folder, [...SLOW, ...SLURM, "--sweep", sweep]),
    );
    await untilKept(`${sweep}/seed=0`);
    const node = await nodeOf(job, 0);
    assertMatch(node, /^n[12]$/);
    await loseNode(node);
    try {
      await until(
        "the element to wait again",
        async () => await nodeOf(job, 0) !== node,
      );
    } finally {
      await bringBack(node);
    }
    await beginNow(job, 0);
    await sweepWell(folder, [...FAST, "--sweep", `${folder}/here`]);
    await until("results", () => isOver(sweep));
    assertMatch(scheduleOf(sweep, 0), /start 2 on n[12], --resume/);
    for (const name of ["seed=0", "seed=1"]) {
      assertEquals(
        bytesOf(`${sweep}/${name}`),
        bytesOf(`${folder}/here/${name}`),
      );
    }
  },
);

claim(
  "scancel leaves what was kept; the sweep submits nothing twice, and goes on with what is left",
  async (folder) => {
    const sweep = `${folder}/cancelled`;
    const args = [...SLOW, ...SLURM, "--sweep", sweep];
    const job = arrayIn(await sweepWell(folder, [...args, "--parallel", "1"]));
    await untilKept(`${sweep}/seed=0`);
    const again = await runSweep(folder, [...SLURM, "--sweep", sweep]);
    assertMatch(again.stderr, /2 cases: 1 running, 1 queued; 0 to run/);
    await Deno.remove(`${sweep}/results.txt`);
    await bash(`scancel ${job}`);
    await until("results", () => isOver(sweep));
    assertEquals(statusOf(`${sweep}/seed=0`), "interrupted");
    assertEquals(statusOf(`${sweep}/seed=1`), undefined);
    assertMatch(
      Deno.readTextFileSync(`${sweep}/results.txt`),
      /seed=0 is interrupted\nseed=1 is missing/,
    );
    await Deno.remove(`${sweep}/results.txt`);
    await sweepWell(folder, [...SLURM, "--sweep", sweep]);
    await sweepWell(folder, [...FAST, "--sweep", `${folder}/here`]);
    await until("results", () => isOver(sweep));
    for (const name of ["seed=0", "seed=1"]) {
      assertEquals(
        bytesOf(`${sweep}/${name}`),
        bytesOf(`${folder}/here/${name}`),
      );
    }
  },
);

claim("--fail-fast cancels the other cases of an array", async (folder) => {
  const sweep = `${folder}/failed`;
  const args = ["toy-task", "--fault", "nan,none", "--pause", "200"];
  await sweepWell(folder, [
    ...args,
    ...SLURM,
    "--fail-fast",
    "--parallel",
    "1",
    "--threads",
    "1",
    "--sweep",
    sweep,
  ]);
  await until("results", () => isOver(sweep));
  assertEquals(statusOf(`${sweep}/fault=nan`), "failed");
  assertEquals(statusOf(`${sweep}/fault=none`), undefined);
});
