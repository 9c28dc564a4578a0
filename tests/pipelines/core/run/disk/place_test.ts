import { assert, assertEquals, assertRejects } from "@std/assert";
import type { RunStart } from "../../../../../pipelines/core/run/new_record.ts";
import {
  createRun,
  type FolderHost,
  resumeRun,
} from "../../../../../pipelines/core/run/run_folder.ts";
import { tempFolder } from "../../temp_folder.ts";

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
