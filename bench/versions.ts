/**
 * What ran, and on what.
 * @module
 */
import config from "../deno.json" with { type: "json" };

/** The version of a package that `deno.json` imports. */
export function versionOf(name: keyof typeof config.imports): string {
  return config.imports[name].split("@").at(-1)!.split("/")[0]!; // split gives one part at least
}

/** The processor, its cores, and the system. */
export async function machine(): Promise<string> {
  const cores = navigator.hardwareConcurrency;
  const system = `${Deno.build.os} ${Deno.build.arch}`;
  const text = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  const name = /model name\s*: (.*)/.exec(text)?.[1] ?? "processor";
  return `${name}, ${cores} cores, ${system}, Deno ${Deno.version.deno}`;
}
