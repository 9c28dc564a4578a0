import { assert, assertEquals } from "@std/assert";
import { posix } from "node:path";
import {
  commonFlagsOf,
  hasCached,
} from "../../pipelines/core/task/common_flags.ts";
import { type ProjectFile, sourceFiles } from "../house/project_files.ts";
import { allTasks } from "./all_tasks.ts";

const files: ReadonlyMap<string, ProjectFile> = new Map(
  sourceFiles.map((file) => [file.path, file]),
);

/** The files that a file imports values from. */
function importsOf({ path, text }: ProjectFile): readonly string[] {
  const found = text.matchAll(
    /^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)";/gm,
  );
  return Array.from(
    found,
    ([, to]) => posix.join(posix.dirname(path), to!), // of the pattern
  );
}

/** The files whose code a task's stages run, but for what all runs share. */
function reachedFrom(task: string): readonly ProjectFile[] {
  const reached = new Set<string>();
  const visit = (path: string) => {
    if (reached.has(path)) return;
    const file = files.get(path);
    if (file === undefined) return;
    reached.add(path);
    if (path.startsWith("pipelines/core/") || path === "tasks/main.ts") return;
    importsOf(file).forEach(visit);
  };
  visit(task);
  return [...reached].map((path) => files.get(path)!); // visited
}

/** What shows that stages have use for a flag: a file that they reach, or what a file of theirs says. */
const uses: Readonly<Record<string, RegExp>> = {
  seed: /^pipelines\/core\/random\/(normal|uniform|permutation)\.ts$/,
  device: /^compile\/compile\.ts$/,
  threads: /^compile\/compile\.ts$/,
  data: /^pipelines\/core\/data\/load_from\.ts$/,
  dataLimit: /^pipelines\/core\/data\/load_from\.ts$/,
};

const taskFiles = sourceFiles.filter(({ path, text }) =>
  path.startsWith("tasks/") && /export const task: Task/.test(text)
);

Deno.test("all tasks are looked at", () => {
  assertEquals(taskFiles.length, allTasks.length);
});

for (const { path } of taskFiles) {
  Deno.test(`${path} offers the flags that its stages use, and no others`, async () => {
    const { task } = await import(`../../${path}`) as {
      readonly task: (typeof allTasks)[number];
    };
    const offered = commonFlagsOf(task);
    const reached = reachedFrom(path);
    assert(reached.length > 3, "the imports were not followed");
    const used = Object.entries(uses)
      .filter(([, place]) => reached.some(({ path }) => place.test(path)))
      .map(([name]) => name);
    const saves = reached.some(({ path, text }) =>
      !path.startsWith("pipelines/core/") &&
      /\bcheckpoints\.(save|everyMinutes)/.test(text)
    );
    assertEquals(
      [...Object.keys(uses), "checkpointMinutes", "cache"]
        .filter((name) => name in offered).sort(),
      [
        ...used,
        ...saves ? ["checkpointMinutes"] : [],
        ...hasCached(task.pipeline) ? ["cache"] : [],
      ].sort(),
    );
    const { needs } = task.pipeline;
    const unused = Object.keys(task.flags).filter((one) =>
      !needs.includes(one)
    );
    assertEquals(unused, []);
  });
}
