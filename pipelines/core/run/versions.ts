/**
 * Versions of everything that computes a run's numbers.
 * @module
 */
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
    ...Deno.version,
    ...Object.fromEntries(imported),
  };
}
