/**
 * What the machine adds to the bits of a run.
 * @module
 */
import os from "node:os";
import process from "node:process";
import { deno } from "../runtime.ts";

/**
 * Names the processor, whose features choose among the kernels of a library, and with them the last bits.
 *
 * @returns Such as `x64, Intel(R) Xeon(R) Platinum 8481C`; undefined where it may not be known.
 */
export function processorName(): string | undefined {
  const cpus = { name: "sys", kind: "cpus" } as const;
  if (deno && deno.permissions.querySync(cpus).state !== "granted") {
    return undefined;
  }
  const models = new Set(os.cpus().map(({ model }) => model.trim()));
  if (models.size === 0) return undefined;
  return [process.platform, process.arch, ...models].join(", ");
}
