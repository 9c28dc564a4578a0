/**
 * What ran, and on what.
 * @module
 */
import { cpus } from "node:os";
import config from "../deno.json" with { type: "json" };

/** The version of a package that `deno.json` imports. */
export function versionOf(name: keyof typeof config.imports): string {
  return config.imports[name].split("@").at(-1)!.split("/")[0]!; // split gives one part at least
}

/** The processor, its cores, and the system. */
export function machine(): string {
  const [processor] = cpus();
  const cores = navigator.hardwareConcurrency;
  const { os, arch } = Deno.build;
  return `${processor?.model}, ${cores} cores, ${os} ${arch}, Deno ${Deno.version.deno}`;
}
