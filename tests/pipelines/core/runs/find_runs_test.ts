import { assertEquals } from "@std/assert";
import { findRuns } from "../../../../pipelines/core/runs/find_runs.ts";
import { folderBytes } from "../../../../pipelines/core/runs/folder_bytes.ts";
import { tempFolder } from "../temp_folder.ts";
import { makeLinks, makeRun } from "./stored_run.ts";

Deno.test("findRuns() finds runs and those of sweeps, and nothing inside a run", () => {
  using folder = tempFolder();
  makeRun(`${folder.path}/b`);
  makeRun(`${folder.path}/sweep/case-1`);
  makeRun(`${folder.path}/a/inner`);
  makeRun(`${folder.path}/b/checkpoints/copied`);
  makeRun(`${folder.path}/.hidden`);
  Deno.mkdirSync(`${folder.path}/empty`);
  assertEquals(findRuns(folder.path), [
    { name: "a/inner", path: `${folder.path}/a/inner` },
    { name: "b", path: `${folder.path}/b` },
    { name: "sweep/case-1", path: `${folder.path}/sweep/case-1` },
  ]);
});

Deno.test("findRuns() follows no link but the place itself", () => {
  using folder = tempFolder();
  makeRun(`${folder.path}/elsewhere/run`);
  Deno.mkdirSync(`${folder.path}/runs`);
  makeLinks([`${folder.path}/elsewhere`, `${folder.path}/runs/link`]);
  Deno.mkdirSync(`${folder.path}/runs/odd`);
  makeLinks([
    `${folder.path}/elsewhere/run/run.json`,
    `${folder.path}/runs/odd/run.json`,
  ]);
  assertEquals(findRuns(`${folder.path}/runs`), []);
  makeLinks([`${folder.path}/elsewhere`, `${folder.path}/place`]);
  assertEquals(
    findRuns(`${folder.path}/place`).map(({ name }) => name),
    ["run"],
  );
});

Deno.test("findRuns() of a place that is missing are none", () => {
  assertEquals(findRuns("/nowhere/at/all"), []);
});

Deno.test("folderBytes() adds up files, without what links lead to", () => {
  using folder = tempFolder();
  makeRun(`${folder.path}/other`);
  Deno.mkdirSync(`${folder.path}/run/model`, { recursive: true });
  Deno.writeTextFileSync(`${folder.path}/run/a.txt`, "12345");
  Deno.writeTextFileSync(`${folder.path}/run/model/b.txt`, "678");
  makeLinks([`${folder.path}/other`, `${folder.path}/run/link`]);
  assertEquals(folderBytes(`${folder.path}/run`), 8);
  assertEquals(folderBytes(`${folder.path}/missing`), 0);
});
