/**
 * Downloads that are kept for the next run.
 * @module
 */
import process from "node:process";
import { NotFoundError } from "../missing.ts";
import fs from "node:fs";
import {
  partOf,
  removeIfThere,
  writeAtomically,
} from "../run/disk/atomic_file.ts";
import {
  type DataFile,
  isKnown,
  type KnownFile,
  openFile,
} from "./known_data.ts";
import { environment, expectGranted } from "./permission.ts";
import { readFile } from "./read_file.ts";

/**
 * The folder where this person's programs keep what can be had again.
 *
 * Source: XDG Base Directory Specification 0.8; `Library/Caches` on macOS, `LOCALAPPDATA` on Windows.
 *
 * @returns The package's folder inside it.
 * @throws {NotFoundError} If no variable names such a folder.
 * @throws {NotGrantedError} If reading the variables is not granted.
 */
export function cacheFolder(): string {
  if (process.platform === "win32") {
    return `${required("LOCALAPPDATA")}/lowerbound`;
  }
  const xdg = environment("XDG_CACHE_HOME");
  if (xdg?.startsWith("/")) return `${xdg}/lowerbound`; // relative paths are to be ignored
  const home = required("HOME");
  const isMac = process.platform === "darwin";
  return `${home}/${isMac ? "Library/Caches" : ".cache"}/lowerbound`;
}

function required(name: string): string {
  const value = environment(name);
  if (value !== undefined) return value;
  throw new NotFoundError(`${name} is not set`);
}

/**
 * Reads a file from the cache, where it is whole.
 *
 * @param folder The data set's folder in the cache.
 * @param known The file.
 * @param note Is told of a damaged file, which a download will replace.
 * @returns The file; `undefined` where it is missing or damaged.
 * @throws {NotGrantedError} If reading is not granted.
 */
export async function readCached(
  folder: string,
  known: KnownFile,
  note: (text: string) => void,
): Promise<DataFile | undefined> {
  const path = cachedPath(folder, known);
  const raw = await readFile(path, known.size);
  if (raw === undefined) return undefined;
  const file = await openFile(path, raw, known.size).catch(() => undefined); // a damaged gzip stream
  if (file !== undefined && isKnown(file, known)) return file;
  const found = file === undefined
    ? "a damaged gzip stream"
    : file.gzipSha256 !== undefined && known.sha256 === undefined
    ? file.gzipSha256
    : file.sha256;
  note(
    `The cached file ${path} is damaged and will be downloaded again: expected SHA-256 ${
      known.sha256 ?? known.gzipSha256
    } but found ${found}`,
  );
  return undefined;
}

/**
 * Keeps a verified download for the next run.
 *
 * @param folder The data set's folder in the cache.
 * @param known The file.
 * @param raw Its bytes as downloaded.
 * @throws {NotGrantedError} If writing is not granted.
 */
export function writeCached(
  folder: string,
  known: KnownFile,
  raw: Uint8Array<ArrayBuffer>,
): void {
  expectGranted({ name: "write", path: folder }, `--allow-write=${folder}`);
  writeAtomically(cachedPath(folder, known), raw);
  removeOldParts(folder);
}

const HOUR_MS = 3_600_000;

/** Removes what killed processes left; a younger part may be another process's, still writing. */
function removeOldParts(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    const path = `${folder}/${name}`;
    if (partOf(name) === undefined) continue;
    const modified = fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (modified !== undefined && Date.now() - modified > HOUR_MS) {
      removeIfThere(path);
    }
  }
}

function cachedPath(folder: string, known: KnownFile): string {
  const ending = known.urls[0]?.endsWith(".gz") ? ".gz" : "";
  return `${folder}/${known.name}${ending}`;
}
