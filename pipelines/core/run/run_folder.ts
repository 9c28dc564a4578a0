/**
 * A run in a folder, `runs/TASK-TIME-ID/`: everything it measured, drew and learned, and how to repeat it.
 * @module
 */
import fs from "node:fs";
import { resolve } from "node:path";
import { partOf, removeIfThere } from "./disk/atomic_file.ts";
import { furthestMark } from "./checkpoints/checkpoint_files.ts";
import { lockFolder } from "./disk/folder_lock.ts";
import type { Mark } from "./metrics/metrics_file.ts";
import { newRecord, type RunStart } from "./new_record.ts";
import { type FolderHost, openFolder, type RunFolder } from "./open_folder.ts";
import { expectNoLinks, holdPlace } from "./disk/place.ts";
import { readRecord, type RunRecord } from "./run_record.ts";
import { expectSameRun, type Wanted } from "./same_run.ts";

export type { Ending, FolderHost, RunFolder } from "./open_folder.ts";

/** The beginning of `metrics.jsonl`, with the SHA-256 of no bytes. */
const BEGINNING: Mark = {
  position: 0,
  sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
};

/**
 * Starts a run in a new folder.
 *
 * @param path A folder that does not exist or is empty.
 * @param start What the run is made with.
 * @param host The process around it.
 * @returns The run.
 * @throws {Error} If the folder holds anything but what a killed process left before its record.
 */
export function createRun(
  path: string,
  start: RunStart,
  host: FolderHost,
): RunFolder {
  const isMade = fs.mkdirSync(path, { recursive: true }) !== undefined;
  const mayVanish = isMade ? "folder" : "files";
  const place = holdPlace(path);
  expectUnused(path);
  expectNoLinks(path);
  tellWhere(path, host.warn);
  const lock = lockFolder(path);
  const keep = BEGINNING;
  return closingOnError(lock, () => {
    removeParts(path);
    const opening = { ...host, lock, keep, mayVanish } as const;
    return openFolder(place, newRecord(start), opening);
  });
}

/**
 * Goes on with a run that was killed, was interrupted or failed.
 *
 * @param path The run's folder.
 * @param wanted What must be as it was.
 * @param host The process around it.
 * @returns The run.
 * @throws {Error} If another process uses the folder.
 * @throws {RangeError} If anything in the folder is a link.
 * @throws {RangeError} If the settings differ, or the run is finished.
 */
export async function resumeRun(
  path: string,
  wanted: Wanted,
  host: FolderHost,
): Promise<RunFolder> {
  await readRecord(path); // before the lock, which would leave a file in any folder
  expectNoLinks(path);
  const place = holdPlace(path);
  const lock = lockFolder(path);
  return await closingOnError(lock, async () => {
    const record = await readRecord(path);
    if (record.status === "finished") {
      throw new RangeError(
        `Expected a run to go on with but ${path} is finished`,
      );
    }
    expectSameRun(record, wanted);
    warnOfOtherVersions(record, newRecord(record), host.warn);
    removeParts(path);
    const keep = await furthestMark(path) ?? BEGINNING;
    const opening = { ...host, lock, keep, mayVanish: "nothing" } as const;
    return openFolder(place, record, opening);
  });
}

function closingOnError<T>(lock: Disposable, work: () => T): T {
  using stack = new DisposableStack();
  stack.use(lock);
  const result = work();
  if (result instanceof Promise) {
    result.catch(() => lock[Symbol.dispose]());
  }
  stack.move(); // it is closed with the folder
  return result;
}

/** What a process leaves that was killed before it had written its record. */
function isLeftover(path: string, name: string): boolean {
  if (name === ".lock" || partOf(name) === "run.json") return true;
  return name === "metrics.jsonl" && fs.lstatSync(`${path}/${name}`).size === 0;
}

function expectUnused(path: string): void {
  const first = fs.readdirSync(path).find((name) => !isLeftover(path, name));
  if (first === undefined) return;
  throw new Error(
    `Expected ${path} to be new or empty but found "${first}"`,
  );
}

/** Tells where a folder really is, where a folder above it is a link. */
function tellWhere(path: string, warn: (text: string) => void): void {
  const real = fs.realpathSync(path);
  if (real !== resolve(path)) warn(`${path} is really ${real}`);
}

/** Removes the parts of files that a killed process was writing. */
function removeParts(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) removeParts(path);
    else if (entry.isFile() && partOf(entry.name)) removeIfThere(path);
  }
}

function warnOfOtherVersions(
  before: RunRecord,
  now: RunRecord,
  warn: (text: string) => void,
): void {
  const was = { ...before.versions, commit: before.git?.commit ?? "none" };
  const is = { ...now.versions, commit: now.git?.commit ?? "none" };
  for (const [name, version] of Object.entries(is)) {
    const old = (was as Readonly<Record<string, string>>)[name] ?? "none"; // by other names, perhaps
    if (old === version) continue;
    warn(`The run began with ${name} ${old} and goes on with ${version}`);
  }
}
