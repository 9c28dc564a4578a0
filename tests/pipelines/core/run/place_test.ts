import { assert, assertEquals, assertRejects } from "@std/assert";
import type { RunStart } from "../../../../pipelines/core/run/new_record.ts";
import { LostPlaceError } from "../../../../pipelines/core/run/place.ts";
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

/** A run with a checkpoint and a figure, as a killed process leaves it. */
async function leaveKilled(folder: string): Promise<void> {
  using run = createRun(folder, start, listening());
  run.store.metrics.record(record);
  await run.store.checkpoints.save(path, checkpoint(1));
  const png = new Uint8Array([137]);
  await run.store.artifacts.figure({ name: "a", png, svg: "", spec: {} });
}

/** Makes a link, by a process that may: Deno grants links only to those who may write everywhere. */
function link(target: string, path: string): void {
  const code = `Deno.symlinkSync(${JSON.stringify(target)}, ${
    JSON.stringify(path)
  })`;
  const { success } = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-config", code],
  }).outputSync();
  assert(success);
}

/** Every file below a folder with its content. */
function contentOf(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory
      ? contentOf(`${folder}/${name}`)
      : [`${folder}/${name}: ${Deno.readTextFileSync(`${folder}/${name}`)}`]
  ).sort();
}

const linked: readonly string[] = [
  "metrics.jsonl",
  "run.json",
  ".lock",
  "summary.json",
  "figures",
  "figures/a.png",
  "checkpoints",
  "checkpoints/vae-k3",
  "checkpoints/vae-k3/train",
  "checkpoints/vae-k3/train/step-000000001.safetensors",
  "model",
];

for (const name of linked) {
  Deno.test(`a run whose ${name} is a link is refused before anything is written`, async () => {
    using folder = tempFolder();
    const [run, elsewhere] = [`${folder.path}/run`, `${folder.path}/elsewhere`];
    await leaveKilled(run);
    Deno.mkdirSync(elsewhere);
    const target = `${elsewhere}/target`;
    const found = await Deno.stat(`${run}/${name}`).catch(() => undefined);
    if (found !== undefined) Deno.renameSync(`${run}/${name}`, target);
    else Deno.writeTextFileSync(target, "mine");
    link(target, `${run}/${name}`);
    const before = contentOf(elsewhere);
    await assertRejects(
      () => resumeRun(run, start, listening()),
      RangeError,
      `Expected ${run}/${name} not to be a link but it leads to ${target}`,
    );
    assertEquals(contentOf(elsewhere), before);
    assertEquals(Deno.lstatSync(`${run}/${name}`).isSymlink, true);
  });
}

Deno.test("measurements with a second name are refused: both would be cut", async () => {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  await leaveKilled(run);
  Deno.linkSync(`${run}/metrics.jsonl`, `${folder.path}/backup`);
  await assertRejects(
    () => resumeRun(run, start, listening()),
    RangeError,
    "to have one name but found 2 hard links",
  );
});

Deno.test("a link to a run is refused, and a link above it told of", async () => {
  using folder = tempFolder();
  Deno.mkdirSync(`${folder.path}/real`);
  link(`${folder.path}/real`, `${folder.path}/link`);
  const host = listening();
  createRun(`${folder.path}/link/run`, start, host)[Symbol.dispose]();
  assertEquals(host.warnings, [
    `${folder.path}/link/run is really ${folder.path}/real/run`,
  ]);
  link(`${folder.path}/real/run`, `${folder.path}/latest`);
  await assertRejects(
    () => resumeRun(`${folder.path}/latest`, start, listening()),
    RangeError,
    "not to be a link",
  );
});

Deno.test("a link that appears during a run is refused where something is written", async () => {
  using folder = tempFolder();
  const elsewhere = `${folder.path}/elsewhere`;
  Deno.mkdirSync(elsewhere);
  using run = createRun(`${folder.path}/run`, start, listening());
  link(elsewhere, `${run.path}/figures`);
  link(elsewhere, `${run.path}/checkpoints`);
  const { artifacts, checkpoints } = run.store;
  await assertRejects(() => artifacts.file("figures/a.txt", "a"), RangeError);
  await assertRejects(() => checkpoints.save(path, checkpoint(1)), RangeError);
  assertEquals([...Deno.readDirSync(elsewhere)], []);
});

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
