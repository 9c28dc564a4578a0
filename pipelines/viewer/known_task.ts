/**
 * What the package knows of a task beside its runs.
 * @module
 */
import type { Json } from "../core/context.ts";
import { readBands } from "../core/task/expected_bands.ts";
import type { Task } from "../core/task/task.ts";
import type { FindTask, KnownTask } from "./run_view.ts";

/** Finds a task by its name, and throws where there is none. */
export type LoadTask = (name: string) => Promise<Task>;

/** Nothing is known of the task of another package. */
const UNKNOWN: KnownTask = { bands: {}, defaults: undefined };

/**
 * Reads the bands and the defaults of a task.
 *
 * @param task The task.
 * @returns What is known of it.
 */
export async function knownTask(task: Task): Promise<KnownTask> {
  const { expected, flags, units } = task;
  const defaults: readonly (readonly [string, Json])[] = Object.entries(flags)
    .map(([name, { fallback }]) => [name, fallback]);
  return {
    bands: await readBands(expected).catch(() => ({})), // damaged: the numbers do without
    units,
    defaults: { data: "auto", ...Object.fromEntries(defaults) },
  };
}

/**
 * Finds out about tasks by name, each once.
 *
 * @param load Finds a task.
 * @returns A function of the task's name, which never throws.
 */
export function taskFinder(
  load: LoadTask,
): FindTask {
  const found = new Map<string, Promise<KnownTask>>();
  return (name) => {
    const known = found.get(name) ??
      load(name).then(knownTask).catch(() => UNKNOWN);
    found.set(name, known);
    return known;
  };
}
