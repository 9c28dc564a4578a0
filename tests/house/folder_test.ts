import { assertEquals, assertGreater } from "@std/assert";
import { posix } from "node:path";
import { sourceFiles } from "./project_files.ts";

/** Beyond this a folder is due for a sub-folder. */
const MAX_FILES = 24;

/** Names that ignore lists take for output. */
const OUTPUT = /(^|\/)(build|dist|out|target)(\/|$)/;

function fullFolders(paths: readonly string[]): readonly string[] {
  const folders = Map.groupBy(paths, (path) => posix.dirname(path));
  return [...folders].filter(([, files]) => files.length > MAX_FILES)
    .map(([folder, files]) => `${folder}: ${files.length}`);
}

const paths = sourceFiles.map(({ path }) => path);

Deno.test(`no folder holds more than ${MAX_FILES} source files`, () => {
  assertGreater(paths.length, 500);
  assertEquals(fullFolders(paths), []);
});

Deno.test("no folder is named like output", () => {
  assertEquals(paths.filter((path) => OUTPUT.test(posix.dirname(path))), []);
});

Deno.test("fullFolders() counts the files of a folder, not those below", () => {
  const files = (count: number, folder: string) =>
    Array.from({ length: count }, (_, i) => `${folder}/f${i}.ts`);
  assertEquals(fullFolders([...files(24, "a"), ...files(24, "a/b")]), []);
  assertEquals(fullFolders(files(25, "a/b")), ["a/b: 25"]);
});

Deno.test("a folder named build is found", () => {
  assertEquals(OUTPUT.test("pipelines/build"), true);
  assertEquals(OUTPUT.test("build/a"), true);
  assertEquals(OUTPUT.test("pipelines/builders"), false);
});
