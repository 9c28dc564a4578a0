/**
 * Finds a task by its name.
 * @module
 */
import { fromFileUrl } from "@std/path";
import type { Task } from "../pipelines/core/task/task.ts";

/**
 * Loads `tasks/FAMILY/NAME.ts`, whose export `task` describes it: `vae-k3` is in `vae/vae_k3.ts`.
 *
 * @param name As in `deno task NAME`.
 * @returns The task.
 * @throws {RangeError} If there is no such task.
 */
export async function loadTask(name: string): Promise<Task> {
  const url = urlOf(name);
  const module: { readonly task?: Task } = await import(url);
  if (module.task === undefined) throw unknownTask(name);
  return module.task;
}

/**
 * Finds the file of a task.
 *
 * @param name As in `deno task NAME`.
 * @returns Its path.
 * @throws {RangeError} If there is no such task.
 */
export function taskFile(name: string): string {
  return fromFileUrl(urlOf(name));
}

function urlOf(name: string): string {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw unknownTask(name);
  const file = `${name.replaceAll("-", "_")}.ts`;
  const folder = families().find((family) => has(`./${family}/`, file));
  if (folder === undefined) throw unknownTask(name);
  return import.meta.resolve(`./${folder}/${file}`);
}

function families(): readonly string[] {
  return [...Deno.readDirSync(new URL(import.meta.resolve("./")))]
    .filter((entry) => entry.isDirectory).map(({ name }) => name);
}

function has(folder: string, file: string): boolean {
  return [...Deno.readDirSync(new URL(import.meta.resolve(folder)))]
    .some((entry) => entry.isFile && entry.name === file);
}

function unknownTask(name: string): RangeError {
  return new RangeError(`Expected a task of this package but found "${name}"`);
}
