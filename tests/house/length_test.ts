import { assertEquals } from "@std/assert";
import { sourceFiles } from "./project_files.ts";

/** Beyond this a file holds a second idea. */
const MAX_LINES = 250;

/** Files that may be longer, each with its reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {};

function tooLong(path: string, text: string): boolean {
  const lines = text.replace(/\n$/, "").split("\n").length;
  return lines > MAX_LINES && !(path in EXCEPTIONS);
}

Deno.test(`no source file is longer than ${MAX_LINES} lines`, () => {
  const long = sourceFiles.filter(({ path, text }) => tooLong(path, text));
  assertEquals(long.map(({ path }) => path), []);
});

Deno.test("every exception from the length exists and is needed", () => {
  const needed = Object.keys(EXCEPTIONS).filter((path) =>
    sourceFiles.some((file) =>
      file.path === path && tooLong(`not excepted: ${path}`, file.text)
    )
  );
  assertEquals(needed, Object.keys(EXCEPTIONS));
});

/** What a task file holds: a module text, a table of flags, one run. */
const MAX_TASK_LINES = 40;

/** Tasks that may be longer, each with its reason. */
const LONG_TASKS: Readonly<Record<string, string>> = {
  "tasks/families/families.ts": "a row for each family",
};

Deno.test(`no experiment has more than ${MAX_TASK_LINES} lines, but where a reason is known`, () => {
  const long = sourceFiles
    .filter(({ path }) => /^tasks\/[^/]+\/[^/]+\.ts$/.test(path))
    .filter(({ text }) => text.trimEnd().split("\n").length > MAX_TASK_LINES);
  assertEquals(long.map(({ path }) => path), Object.keys(LONG_TASKS));
});

Deno.test("tooLong() counts lines, not line breaks", () => {
  assertEquals(tooLong("a.ts", "x\n".repeat(MAX_LINES)), false);
  assertEquals(tooLong("a.ts", "x\n".repeat(MAX_LINES + 1)), true);
  assertEquals(tooLong("a.ts", "x\n".repeat(MAX_LINES) + "x"), true);
});
