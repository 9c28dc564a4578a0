/**
 * Which tests reach a file.
 * @module
 */

/** How far a test is from a file: 1 where it imports the file itself. */
export type Distances = ReadonlyMap<string, number>;

/** Files, each with those that import it. */
export type Importers = ReadonlyMap<string, readonly string[]>;

/** The part of `deno info --json` that is read. */
interface Info {
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly {
      readonly code?: { readonly specifier?: string };
    }[];
  }[];
}

/**
 * Reads who imports whom, without imports of types alone.
 *
 * @param json The output of `deno info --json`.
 * @param root The URL of the project's folder, with its last slash.
 */
export function importersOf(json: string, root: string): Importers {
  const { modules } = JSON.parse(json) as Info; // written by Deno itself
  const importers = new Map<string, string[]>();
  const local = (url: string | undefined) =>
    url?.startsWith(root) === true ? url.slice(root.length) : undefined;
  for (const { specifier, dependencies = [] } of modules) {
    const importer = local(specifier);
    if (importer === undefined) continue;
    for (const { code } of dependencies) {
      const imported = local(code?.specifier);
      if (imported === undefined) continue;
      importers.set(imported, [...importers.get(imported) ?? [], importer]);
    }
  }
  return importers;
}

/** Finds the tests that reach a file, with the length of the shortest way. */
export function testsThatReach(path: string, importers: Importers): Distances {
  const distances = new Map([[path, 0]]);
  for (const [file, distance] of distances) { // grows on the way: breadth first
    for (const importer of importers.get(file) ?? []) {
      if (!distances.has(importer)) distances.set(importer, distance + 1);
    }
  }
  return new Map([...distances].filter(([file]) => /_test\.ts$/.test(file)));
}

/** The nearest of the tests that reach a file; of equally near ones the first by name. */
export function nearest(reach: Distances, most: number): Distances {
  return new Map(
    [...reach].sort(([a, far], [b, farther]) =>
      far - farther || (a < b ? -1 : 1)
    ).slice(0, most),
  );
}
