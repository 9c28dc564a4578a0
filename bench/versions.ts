/**
 * What ran, and on what.
 * @module
 */
import { cpus } from "node:os";
import { readSystemFile } from "./system_file.ts";
import config from "../deno.json" with { type: "json" };

/** The version of a package that `deno.json` imports. */
export function versionOf(name: keyof typeof config.imports): string {
  return config.imports[name].split("@").at(-1)!.split("/")[0]!; // split gives one part at least
}

/** The processor, its cores, the widest vectors that it computes with where Linux tells, and the system. */
export async function machine(): Promise<string> {
  const [processor] = cpus();
  const cores = navigator.hardwareConcurrency;
  const { os, arch } = Deno.build;
  const vectors = os === "linux"
    ? widestVectors(await readSystemFile("/proc/cpuinfo"))
    : "";
  return `${processor?.model}, ${cores} cores${vectors}, ${os} ${arch}, Deno ${Deno.version.deno}`;
}

/** What one processor has and another with the same name may lack, which decides much of the speed of products. */
export function widestVectors(cpuinfo: string): string {
  const flags = new Set(cpuinfo.match(/^flags\s*: (.*)$/m)?.[1]?.split(" "));
  if (flags.has("avx512f")) return " with AVX-512";
  return flags.has("avx2") ? " with AVX2" : "";
}
