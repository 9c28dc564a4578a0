import { assertEquals } from "@std/assert";
import { lockFolder } from "../../../../pipelines/core/run/disk/folder_lock.ts";
import {
  cleanRun,
  contentOf,
} from "../../../../pipelines/core/runs/clean_run.ts";
import { tempFolder } from "../temp_folder.ts";
import { makeLinks, makeRun } from "./stored_run.ts";

const part = "12345678-1234-1234-1234-123456789abc.part";

/** Everything that a run may write. */
const WRITTEN: Readonly<Record<string, string>> = {
  ".lock": "",
  "report.html": "<html>",
  "report.txt": "words",
  "figures/a.png": "png",
  "figures/a.svg": "svg",
  "figures/a.vl.json": "{}",
  [`figures/b.png.${part}`]: "half",
  "model/decoder.onnx": "onnx",
  "samples/images-idx3-ubyte": "samples",
  "checkpoints/toy/train/step-000000010.safetensors": "12345",
  "checkpoints/toy/train/step-000000010.safetensors.sha256": "sum",
};

const files = (folder: string): readonly string[] =>
  [...Deno.readDirSync(folder)].flatMap((entry) =>
    entry.isDirectory
      ? files(`${folder}/${entry.name}`).map((name) => `${entry.name}/${name}`)
      : [entry.name]
  ).sort();

Deno.test("cleanRun() removes a run to the last file and folder", async () => {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  makeRun(run, { files: WRITTEN, record: { status: "failed" } });
  const { written, others } = contentOf(run, "run");
  assertEquals(others, []);
  const bytes = written.reduce((sum, one) => sum + one.bytes, 0);
  assertEquals(await cleanRun(run, "run", "failed"), bytes);
  assertEquals([...Deno.readDirSync(folder.path)], []);
});

Deno.test("cleanRun() removes the checkpoints of a run, and no more", async () => {
  using folder = tempFolder();
  makeRun(folder.path, { files: WRITTEN });
  assertEquals(await cleanRun(folder.path, "checkpoints", "finished"), 8);
  assertEquals(
    files(folder.path),
    ["metrics.jsonl", "run.json", "summary.json", ...Object.keys(WRITTEN)]
      .filter((name) => !name.startsWith("checkpoints")).sort(),
  );
});

Deno.test("cleanRun() leaves what no run has written, and what links lead to", async () => {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  const own = {
    "notes.txt": "mine",
    "figures/a.pdf": "mine",
    "checkpoints/mine.txt": "x",
  };
  makeRun(run, { files: { ...WRITTEN, ...own }, record: { status: "failed" } });
  makeRun(`${folder.path}/other`, { files: WRITTEN });
  const others = files(`${folder.path}/other`);
  makeLinks([`${folder.path}/other`, `${run}/checkpoints/link`], [
    `${folder.path}/other/run.json`,
    `${run}/model/link.json`,
  ], [`${folder.path}/other/model`, `${run}/samples/model`]);
  const left = [
    ...Object.keys(own),
    "checkpoints/link",
    "model/link.json",
    "samples/model",
  ].sort();
  assertEquals([...contentOf(run, "run").others].sort(), left);
  await cleanRun(run, "run", "failed");
  assertEquals(files(run), left);
  assertEquals(files(`${folder.path}/other`), others);
});

Deno.test("cleanRun() leaves a run that is in use, or has another status by now", async () => {
  using folder = tempFolder();
  makeRun(folder.path, { files: WRITTEN, record: { status: "interrupted" } });
  const before = files(folder.path);
  {
    using _lock = lockFolder(folder.path);
    assertEquals(await cleanRun(folder.path, "run", "interrupted"), undefined);
  }
  assertEquals(await cleanRun(folder.path, "run", "failed"), undefined);
  assertEquals(files(folder.path), before);
});

Deno.test("cleanRun() does not lock through a link, nor enter one", async () => {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  makeRun(run, { record: { status: "failed" } });
  makeLinks([`${folder.path}/made`, `${run}/.lock`]);
  assertEquals(await cleanRun(run, "run", "failed"), undefined);
  makeLinks([run, `${folder.path}/link`]);
  assertEquals(
    await cleanRun(`${folder.path}/link`, "run", "failed"),
    undefined,
  );
  assertEquals(files(run).length, 4);
  assertEquals(files(folder.path).includes("made"), false);
});
