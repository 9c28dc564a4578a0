import { fromFileUrl, join } from "@std/path";

/** One text file of the project; its path is relative to the root and has forward slashes. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

/** The folder of `deno.json`. */
export const root: string = fromFileUrl(new URL("../../", import.meta.url));

/** Folders that are fetched, made or hidden, but not written by anybody. */
const SKIPPED: ReadonlySet<string> = new Set([
  ".git",
  ".venv",
  "coverage",
  "node_modules",
  "runs",
]);

const TEXT = /(^|\/)(LICENSE|run)$|\.(css|html|js|json|md|sh|svg|ts|yaml|yml)$/;

/** Every text file of the project, except the lock file, which the package manager writes. */
export const textFiles: readonly ProjectFile[] = walk("")
  .filter((path) => TEXT.test(path) && path !== "deno.lock")
  .map((path) => ({ path, text: Deno.readTextFileSync(join(root, path)) }));

/** Every TypeScript file of the project. */
export const sourceFiles: readonly ProjectFile[] = textFiles.filter(
  ({ path }) => path.endsWith(".ts"),
);

function walk(folder: string): readonly string[] {
  return [...Deno.readDirSync(join(root, folder))].flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory) return SKIPPED.has(entry.name) ? [] : walk(path);
    return entry.isFile ? [path] : [];
  }).sort();
}
