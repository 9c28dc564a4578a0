/**
 * Which commit the package's files belong to, read without running git.
 * @module
 */
import { lstatSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { isMissing } from "../missing.ts";
import { deno } from "../runtime.ts";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { RunRecord } from "./run_record.ts";
import { hex } from "../hex.ts";

/** The package's own state; undefined before it is asked for. */
let own: RunRecord["git"] | undefined;

/**
 * Tells which commit the package belongs to, as it was when this process first asked: later changes of its files do not
 * change the code that was loaded.
 *
 * @returns What was found; null where the package is no checkout or may not be read.
 */
export function packageState(): RunRecord["git"] {
  if (own === undefined) own = gitState(packageRoot());
  return own;
}

/**
 * Reads the commit, and compares the tracked files with git's index.
 *
 * @param root The folder with `.git`, also one of several working trees of a repository; null for none.
 * @returns What was found; null where the folder is no checkout or may not be read.
 */
export function gitState(root: string | null): RunRecord["git"] {
  if (root === null) return null;
  try {
    const folders = gitFolders(root);
    const commit = readCommit(folders);
    return commit === undefined
      ? null
      : { commit, dirty: isDirty(root, `${folders.own}/index`) };
  } catch {
    return null; // a run does not depend on where its code lies
  }
}

function packageRoot(): string | null {
  const url = import.meta.resolve("../../..");
  if (!url.startsWith("file:")) return null;
  const root = fileURLToPath(url).replace(/[/\\]$/, "");
  const read = { name: "read", path: root } as const;
  const state = deno?.permissions.querySync(read).state ?? "granted";
  return state === "granted" ? root : null;
}

/** Where git keeps what it knows. */
interface GitFolders {
  /** The folder with the head and the index of the working tree. */
  readonly own: string;
  /** The folder with the branches of the repository. */
  readonly common: string;
}

/** Finds both: `.git` is a folder, or a file that names one (git-scm.com/docs/gitrepository-layout). */
function gitFolders(root: string): GitFolders {
  const git = `${root}/.git`;
  if (lstatSync(git).isDirectory()) return { own: git, common: git };
  const text = readFileSync(git, "utf8").trim();
  const own = resolve(root, text.replace(/^gitdir: /, ""));
  try {
    const shared = readFileSync(`${own}/commondir`, "utf8").trim();
    return { own, common: resolve(own, shared) };
  } catch (error) {
    if (isMissing(error)) return { own, common: own }; // of a submodule
    throw error;
  }
}

function readCommit({ own, common }: GitFolders): string | undefined {
  const head = readFileSync(`${own}/HEAD`, "utf8").trim();
  if (!head.startsWith("ref: ")) return head;
  const ref = head.slice("ref: ".length);
  try {
    return readFileSync(`${common}/${ref}`, "utf8").trim();
  } catch {
    const packed = readFileSync(`${common}/packed-refs`, "utf8").split("\n");
    return packed.find((line) => line.endsWith(` ${ref}`))?.split(" ")[0];
  }
}

/** Format of the index, versions 2 and 3: git-scm.com/docs/index-format. */
function isDirty(root: string, index: string): boolean {
  const written = lstatSync(index).mtimeMs;
  const bytes = new Uint8Array(readFileSync(index));
  const view = new DataView(bytes.buffer);
  if (view.getUint32(4) > 3) {
    throw new RangeError("Expected an index of version 3");
  }
  let at = 12;
  for (let entries = view.getUint32(8); entries > 0; entries--) {
    const flags = view.getUint16(at + 60);
    const start = at + (flags & 0x4000 ? 64 : 62);
    const end = bytes.indexOf(0, start);
    const name = new TextDecoder().decode(bytes.subarray(start, end));
    const blob = hex(bytes.subarray(at + 40, at + 60));
    const isFile = view.getUint16(at + 26) >> 12 === 0o10;
    const path = `${root}/${name}`;
    if (isFile && !isUntouched(path, view, at, written)) {
      if (blobOf(path) !== blob) return true;
    }
    at += Math.ceil((end + 1 - at) / 8) * 8; // entries end in one to eight zeros
  }
  return false;
}

/**
 * Whether a file has the size and the times that git found, from before the index was written: as git does, such a file is
 * not read (git-scm.com/docs/racy-git).
 */
function isUntouched(
  path: string,
  view: DataView,
  at: number,
  written: number,
): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return false;
  const modified = 1000 * view.getUint32(at + 8) +
    Math.floor(view.getUint32(at + 12) / 1e6); // seconds, nanoseconds
  return modified < Math.floor(written) &&
    found.size === view.getUint32(at + 36) &&
    Math.floor(found.mtimeMs) === modified &&
    Math.floor(found.ctimeMs / 1000) === view.getUint32(at);
}

/** The name git gives to a file's content; undefined where there is none. */
function blobOf(path: string): string | undefined {
  try {
    const content = readFileSync(path);
    return createHash("sha1").update(`blob ${content.length}\0`)
      .update(content).digest("hex");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
