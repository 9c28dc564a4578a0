/**
 * What the code of a run is, as a digest.
 * @module
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import { dirname, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { isMissing } from "../missing.ts";
import { versions } from "../run/versions.ts";

/** What can change a run's numbers: programs, the files that come with them, and the versions of packages. */
const SOURCES = [
  "compile",
  "models",
  "pipelines",
  "tasks",
  "fixtures/features",
];
const FILES = ["mod.ts", "deno.json", "deno.lock"];

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*(["'])([^"']+)\1/g;
const ANY_CALL = /\bimport\s*\(\s*(["'`]?)/g;
const BY_PATH = /^(\.{1,2}\/|\/|file:)/;
const KNOWN = /^(node:|@lowerbound\/lowerbound(\/|$))/;

/**
 * Digests all sources of the package, with the lock file of its dependencies, and the program that uses it.
 *
 * Where the package is no checkout but an installed version, that version, which never changes, stands for its
 * sources. The program and the files that it imports by path are followed import by import, where they lie
 * elsewhere.
 *
 * @param program The file that was started: that of the process unless given.
 * @returns The digest; undefined where not all of the code can be known.
 */
export function sourceDigest(
  program: string | undefined = process.argv[1],
): string | undefined {
  const hash = createHash("sha256");
  hash.update(JSON.stringify(versions()));
  const url = import.meta.resolve("../../..");
  const root = url.startsWith("file:")
    ? resolve(fileURLToPath(url))
    : undefined;
  const add = (path: string, bytes: Uint8Array) => {
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  };
  try {
    const seen = new Set<string>();
    if (root !== undefined) {
      const paths = [...FILES, ...SOURCES].flatMap((name) =>
        list(`${root}/${name}`)
      );
      for (const path of paths.sort()) {
        seen.add(path);
        add(path.slice(root.length), fs.readFileSync(path));
      }
    }
    if (program === undefined) return undefined;
    const own = graphOf(resolve(program), seen);
    if (own === undefined) return undefined;
    for (const path of own) add(path, fs.readFileSync(path));
    return hash.digest("hex");
  } catch {
    return undefined; // a program whose files cannot be read is not known
  }
}

/** The program's files that are none of the package; undefined where it imports other packages, or by computed names. */
function graphOf(
  program: string,
  known: ReadonlySet<string>,
): readonly string[] | undefined {
  const found: string[] = [];
  const waiting = [program];
  const seen = new Set<string>(known);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    found.push(path);
    if (path.endsWith(".json")) continue;
    const text = fs.readFileSync(path, "utf8");
    const calls = [...text.matchAll(ANY_CALL)].map(([, quote]) => quote);
    if (calls.some((quote) => quote !== '"' && quote !== "'")) return undefined;
    for (const [, , to = ""] of text.matchAll(IMPORT)) {
      if (KNOWN.test(to)) continue;
      if (!BY_PATH.test(to)) return undefined; // another package, of any version
      waiting.push(
        to.startsWith("file:") ? fileURLToPath(to) : resolve(dirname(path), to),
      );
    }
  }
  return found.sort();
}

/** All files of a folder, or the file itself; none where there is nothing. */
function list(path: string): readonly string[] {
  try {
    if (!fs.statSync(path).isDirectory()) return [path];
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
  return fs.readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? list(`${path}/${entry.name}`)
      : entry.name.endsWith(".md")
      ? []
      : [`${path}/${entry.name}`]
  );
}
