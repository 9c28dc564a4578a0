/**
 * Finds a task by its name.
 * @module
 */
import type { Task } from "../pipelines/core/task/task.ts";

/**
 * Loads `tasks/NAME.ts`, whose export `task` describes it: `vae-k3` is in `vae_k3.ts`.
 *
 * @param name As in `deno task NAME`.
 * @returns The task.
 * @throws {RangeError} If there is no such task.
 */
export async function loadTask(name: string): Promise<Task> {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw unknownTask(name);
  const url = import.meta.resolve(`./${name.replaceAll("-", "_")}.ts`);
  const module: { readonly task?: Task } = await import(url).catch((error) => {
    const isMissing = error instanceof TypeError && "code" in error &&
      error.code === "ERR_MODULE_NOT_FOUND";
    throw isMissing ? unknownTask(name) : error;
  });
  if (module.task === undefined) throw unknownTask(name);
  return module.task;
}

function unknownTask(name: string): RangeError {
  return new RangeError(`Expected a task of this package but found "${name}"`);
}
