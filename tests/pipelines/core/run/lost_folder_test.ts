import { assert, assertEquals, assertRejects } from "@std/assert";
import type { RunStart } from "../../../../pipelines/core/run/new_record.ts";
import { LostPlaceError } from "../../../../pipelines/core/run/disk/place.ts";
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
  config: { epochs: 20 },
  seed: 7,
  device: "tfjs",
  threads: 2,
  commandLine: [],
};
const checkpoint = (step: number) => ({
  step,
  tensors: { weight: { shape: [1], data: new Float32Array([step]) } },
  state: null,
});
const record = { step: 1, epoch: 1, values: { "train/elbo": -90 } };
const line = '{"step":1,"epoch":1,"train/elbo":-90}\n';
const path = ["vae-k3", "train"];

function listening(): FolderHost & { readonly warnings: string[] } {
  const warnings: string[] = [];
  const warn = (text: string) => void warnings.push(text);
  return { checkpointMinutes: 5, warn, warnings };
}

type Loss = readonly [name: string, lose: (run: string) => void];

const losses: readonly Loss[] = [
  ["folder is moved", (run) => Deno.renameSync(run, `${run}-moved`)],
  ["folder is removed", (run) => Deno.removeSync(run, { recursive: true })],
  ["folder is replaced", (run) => {
    Deno.renameSync(run, `${run}-moved`);
    Deno.mkdirSync(run);
  }],
  ["metrics are cut", (run) => Deno.truncateSync(`${run}/metrics.jsonl`, 5)],
  ["metrics are removed", (run) => Deno.removeSync(`${run}/metrics.jsonl`)],
];

/** Opens a run that has measured, loses it, and gives the folder in which the rest is kept. */
async function losing(
  lose: Loss[1],
  use: (run: RunFolder) => unknown,
): Promise<void> {
  using folder = tempFolder();
  const host = listening();
  using run = createRun(`${folder.path}/run`, start, host);
  const old = run.path;
  run.store.metrics.record(record);
  lose(old);
  await assertRejects(
    async () => void await use(run),
    LostPlaceError,
    `what was measured so far is kept in ${old}-rescued-`,
  );
  run.end({ status: "failed", error: new Error("lost") });
  assert(run.path.startsWith(`${old}-rescued-`));
  assertEquals(host.warnings.length, 1);
  assertEquals(Deno.readTextFileSync(`${run.path}/metrics.jsonl`), line);
  assertEquals((await readRecord(run.path)).status, "failed");
  const there = await Deno.stat(`${old}/summary.json`).catch(() => undefined);
  assertEquals(there, undefined);
}

for (const [name, lose] of losses) {
  Deno.test(`a run whose ${name} fails at its end, and keeps its numbers`, async () => {
    await losing(lose, async (run) => {
      try {
        run.end({ status: "finished", summary: { "test/elbo": -91 } });
      } finally {
        assertEquals((await readSummary(run.path))["test/elbo"], -91);
      }
    });
  });

  Deno.test(`a run whose ${name} fails at its next checkpoint, and can go on elsewhere`, async () => {
    let rescued = "";
    await losing(lose, async (run) => {
      try {
        await run.store.checkpoints.save(path, checkpoint(3));
      } finally {
        rescued = run.path;
        const kept = `${rescued}/checkpoints/vae-k3/train`;
        assert([...Deno.readDirSync(kept)].length === 2);
      }
    });
    assert(rescued !== "");
  });
}

Deno.test("a run that was lost goes on from where it was kept", async () => {
  using folder = tempFolder();
  using first = createRun(`${folder.path}/run`, start, listening());
  first.store.metrics.record(record);
  Deno.removeSync(first.path, { recursive: true });
  await assertRejects(() => first.store.checkpoints.save(path, checkpoint(3)));
  first.end({ status: "failed", error: new Error("lost") });
  using run = await resumeRun(first.path, start, listening());
  assertEquals(await run.store.checkpoints.restore(path), checkpoint(3));
  run.end({ status: "finished" });
  assertEquals(Deno.readTextFileSync(`${run.path}/metrics.jsonl`), line);
});

Deno.test("what a process leaves that was killed before its record does not stand in the way", async () => {
  using folder = tempFolder();
  const path = `${folder.path}/run`;
  Deno.mkdirSync(path);
  const part = `run.json.${crypto.randomUUID()}.part`;
  for (const name of [".lock", "metrics.jsonl", part]) {
    Deno.writeTextFileSync(`${path}/${name}`, "");
  }
  createRun(path, start, listening())[Symbol.dispose]();
  assertEquals(
    [...Deno.readDirSync(path)].map(({ name }) => name).sort(),
    [".lock", "metrics.jsonl", "run.json"],
  );
  Deno.writeTextFileSync(`${path}/figure.png.part`, "mine");
  Deno.writeTextFileSync(`${path}/a.svg.${crypto.randomUUID()}.part`, "<sv");
  (await resumeRun(path, start, listening()))[Symbol.dispose]();
  assertEquals(
    [...Deno.readDirSync(path)].map(({ name }) => name).sort(),
    [".lock", "figure.png.part", "metrics.jsonl", "run.json"],
  );
});

Deno.test("a second process finds the run taken, though its lock was removed", async () => {
  using folder = tempFolder();
  using run = createRun(`${folder.path}/run`, start, listening());
  Deno.removeSync(`${run.path}/.lock`);
  await assertRejects(
    () => resumeRun(run.path, start, listening()),
    Error,
    "to be free but another process writes into it",
  );
});

Deno.test("a run that measured nothing can be taken back, another cannot", () => {
  using folder = tempFolder();
  const bare = createRun(`${folder.path}/bare`, start, listening());
  assertEquals(bare.discard(), true);
  assertEquals([...Deno.readDirSync(folder.path)], []);
  using run = createRun(`${folder.path}/run`, start, listening());
  run.store.metrics.record(record);
  assertEquals(run.discard(), false);
  assertEquals(Deno.readTextFileSync(`${run.path}/metrics.jsonl`), line);
});
