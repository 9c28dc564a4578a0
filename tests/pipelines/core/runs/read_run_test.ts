import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  readInside,
  readTextInside,
} from "../../../../pipelines/core/runs/read_inside.ts";
import { readRun } from "../../../../pipelines/core/runs/read_run.ts";
import { relativePath } from "../../../../pipelines/core/runs/relative_path.ts";
import { tempFolder } from "../temp_folder.ts";
import { makeLinks, makeRun, ordinaryRecord } from "./stored_run.ts";

Deno.test("readInside() reads a file below its folder, up to a size", () => {
  using folder = tempFolder();
  makeRun(folder.path, { files: { "figures/a.svg": "<svg/>" } });
  assertEquals(readTextInside(folder.path, "figures/a.svg", 6), "<svg/>");
  assertEquals(readInside(folder.path, "figures/b.svg", 6), undefined);
  assertThrows(
    () => readInside(folder.path, "figures/a.svg", 5),
    RangeError,
    "to have at most 5 bytes but found 6",
  );
});

for (
  const name of [
    "../secret",
    "a/../../secret",
    "",
    "./secret",
    "a//b",
    "/etc/passwd",
  ]
) {
  Deno.test(`readInside() refuses the path "${name}"`, () => {
    using folder = tempFolder();
    assertThrows(
      () => readInside(folder.path, name, 100),
      RangeError,
      "Expected a path inside",
    );
  });
}

Deno.test("readInside() refuses links, on the way and at the end, and what is no file", () => {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  makeRun(run);
  Deno.mkdirSync(`${folder.path}/secret`);
  Deno.writeTextFileSync(`${folder.path}/secret/a.png`, "secret");
  makeLinks([`${folder.path}/secret`, `${run}/figures`], [
    `${folder.path}/secret/a.png`,
    `${run}/report.txt`,
  ]);
  Deno.mkdirSync(`${run}/model`);
  for (const name of ["figures/a.png", "report.txt", "model"]) {
    assertThrows(() => readInside(run, name, 100), RangeError, "itself, not");
  }
});

Deno.test("readRun() reads record, numbers and data", async () => {
  using folder = tempFolder();
  makeRun(folder.path);
  const { record, summary, dataset, faults, lastSign } = await readRun(
    folder.path,
  );
  assertEquals(record, ordinaryRecord);
  assertEquals(summary, { "test/loss": 0.5, "test/lossStdErr": 0.01 });
  assertEquals([dataset, faults], ["dots", []]);
  assertEquals(lastSign > Date.parse("2026-01-31"), true);
});

Deno.test("readRun() reads a run without numbers, and one whose numbers are damaged", async () => {
  using folder = tempFolder();
  makeRun(folder.path);
  Deno.writeTextFileSync(`${folder.path}/summary.json`, '{"test/loss": "x"}');
  const damaged = await readRun(folder.path);
  assertEquals(damaged.summary, {});
  assertEquals(damaged.faults.length, 1);
  Deno.removeSync(`${folder.path}/summary.json`);
  const { summary, dataset, faults } = await readRun(folder.path);
  assertEquals([summary, dataset, faults], [{}, undefined, []]);
});

Deno.test("readRun() refuses a folder without a run, and a record that is a link", async () => {
  using folder = tempFolder();
  await assertRejects(() => readRun(folder.path), Error, "found no run.json");
  makeRun(`${folder.path}/a`);
  Deno.mkdirSync(`${folder.path}/b`);
  makeLinks([`${folder.path}/a/run.json`, `${folder.path}/b/run.json`]);
  await assertRejects(() => readRun(`${folder.path}/b`), RangeError, "a link");
});

Deno.test("relativePath() goes from a page to a folder", () => {
  assertEquals(relativePath("runs/report.html", "runs/a"), "a");
  assertEquals(relativePath("pages/x/report.html", "runs/a"), "../../runs/a");
  assertEquals(relativePath("runs/a/report.html", "runs/a"), ".");
});
