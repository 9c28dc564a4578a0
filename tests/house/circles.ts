import { posix } from "node:path";
import { parseSource } from "./parse_source.ts";
import type { ProjectFile } from "./project_files.ts";

/**
 * Finds circles of imports, those of types included.
 *
 * @param files Source files, with paths relative to the root.
 * @returns The files of each circle, in order, from its first by name; each circle once.
 */
export function circles(
  files: readonly ProjectFile[],
): readonly (readonly string[])[] {
  const imports = new Map(files.map((file) => [file.path, importsOf(file)]));
  const done = new Set<string>();
  const found = new Map<string, readonly string[]>();
  const visit = (path: string, way: readonly string[]): void => {
    const at = way.indexOf(path);
    if (at >= 0) {
      const circle = fromFirst(way.slice(at));
      found.set(circle.join(), circle);
      return;
    }
    if (done.has(path)) return;
    for (const next of imports.get(path) ?? []) visit(next, [...way, path]);
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return [...found.values()];
}

function importsOf({ path, text }: ProjectFile): readonly string[] {
  return parseSource(path, text).imports
    .filter((specifier) => /^\.{1,2}\//.test(specifier))
    .map((specifier) => posix.join(posix.dirname(path), specifier));
}

function fromFirst(circle: readonly string[]): readonly string[] {
  const first = circle.indexOf([...circle].sort()[0]!); // a circle has a file
  return [...circle.slice(first), ...circle.slice(0, first)];
}
