/**
 * Versions of everything that computes a run's numbers.
 * @module
 */
import process from "node:process";
import config from "../../../deno.json" with { type: "json" };

const IMPORT = /^(?:npm|jsr):\/?(@[^/]+\/[^/@]+|[^/@]+)@([^/]+)/;

/**
 * Lists the versions of the package, Deno, V8, TypeScript and of what `deno.json` imports.
 *
 * @returns Versions by name.
 */
export function versions(): Readonly<Record<string, string>> {
  const imported = Object.values(config.imports).flatMap((specifier) => {
    const [, name, version] = IMPORT.exec(specifier) ?? [];
    return name && version ? [[name, version] as const] : [];
  });
  return {
    [config.name]: config.version,
    ...runtimeVersions(),
    ...Object.fromEntries(imported),
  };
}

/** The runtime, its engine, and the compiler where it has one. */
function runtimeVersions(): Readonly<Record<string, string>> {
  const { deno, bun, node, v8, typescript } = process.versions as Readonly<
    Record<string, string | undefined>
  >; // each runtime has some of them
  const runtime = deno ? { deno } : bun ? { bun } : { node };
  return Object.fromEntries(
    Object.entries({ ...runtime, v8, typescript })
      .filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
