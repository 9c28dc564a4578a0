import { assert, assertEquals } from "@std/assert";
import type { Stage } from "../../pipelines/core/stage.ts";
import type { Task } from "../../pipelines/core/task/task.ts";
import { sourceFiles } from "../house/project_files.ts";

type AnyStage = Stage<never, object>;

/** Stages that draw before the outermost pipeline has its numbers. */
function drawnTooEarly({ stages }: AnyStage): readonly string[] {
  const numbers = stages.findIndex(({ adds }) => "summary" in adds);
  assert(numbers >= 0, "no numbers");
  return stages.slice(0, numbers).flatMap(drawing);
}

function drawing(one: AnyStage): readonly string[] {
  if (one.stages.length > 0) return one.stages.flatMap(drawing);
  const draws = Object.keys(one.adds).length === 0 && /^draw/.test(one.name);
  return draws ? [one.name] : [];
}

for (const { path, text } of sourceFiles) {
  if (!path.startsWith("tasks/") || !/export const task: Task/.test(text)) {
    continue;
  }
  Deno.test(`${path} has its numbers before it draws`, async () => {
    const { task } = await import(`../../${path}`) as { readonly task: Task };
    assertEquals(drawnTooEarly(task.pipeline), []);
  });
}
