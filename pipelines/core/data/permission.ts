/**
 * Asks what is allowed, without ever prompting.
 * @module
 */
import process from "node:process";
import { NotGrantedError } from "../missing.ts";
import { deno } from "../runtime.ts";

/**
 * Refuses what was not granted on the command line: a question in the middle of a run would hang it.
 *
 * @param wanted The permission.
 * @param flag The flag that grants it.
 * @throws {NotGrantedError} If the permission is not granted; a runtime without permissions grants all.
 */
export function expectGranted(
  wanted: Deno.PermissionDescriptor,
  flag: string,
): void {
  if (deno === undefined) return;
  if (deno.permissions.querySync(wanted).state === "granted") return;
  throw new NotGrantedError(`Not allowed without ${flag}`);
}

/**
 * Reads an environment variable.
 *
 * @param name The variable.
 * @returns Its value; `undefined` where it is unset or empty.
 * @throws {NotGrantedError} If reading it is not granted.
 */
export function environment(name: string): string | undefined {
  expectGranted({ name: "env", variable: name }, `--allow-env=${name}`);
  return process.env[name] || undefined;
}
