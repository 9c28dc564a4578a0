/**
 * One process at a time in a run's folder.
 * @module
 */
import fs from "node:fs";
import process from "node:process";
import { deno } from "../../runtime.ts";
import { removeIfThere } from "./atomic_file.ts";
import { codeOf } from "./file_error.ts";
import { statOf } from "./place.ts";
import { readIfThere } from "./read_text.ts";

/** A lock that is held. */
export interface Lock extends Disposable {
  /** Whether its file is still the one that was locked: somebody may have removed it. */
  readonly isHeld: () => boolean;
}

/**
 * Locks a folder for this process; the lock ends with the process, however it ends.
 *
 * @param folder An existing folder.
 * @returns The lock, which disposing releases.
 * @throws {Error} If another process holds the lock.
 */
export function lockFolder(folder: string): Lock {
  const path = `${folder}/.lock`; // stays there: removing it would race with the next process
  const lock = tryLock(path);
  if (lock !== undefined) return lock;
  throw new Error(`Expected ${folder} to be free but another process uses it`);
}

/**
 * Locks a file, made where missing.
 *
 * @param path The file.
 * @returns The lock; undefined where another process holds it.
 */
export function tryLock(path: string): Lock | undefined {
  return deno === undefined ? lockByNumber(path) : lockBySystem(deno, path);
}

/** Locks by the system, which forgets the lock with the process. */
function lockBySystem(system: typeof Deno, path: string): Lock | undefined {
  const file = system.openSync(path, { read: true, write: true, create: true });
  if (!file.tryLockSync(true)) {
    file.close();
    return undefined;
  }
  const held = file.statSync();
  let isOpen = true;
  return {
    isHeld() {
      const found = statOf(path);
      return found !== undefined && found.ino === held.ino &&
        found.dev === held.dev;
    },
    [Symbol.dispose]() {
      if (!isOpen) return;
      isOpen = false;
      file.unlockSync(); // a process that is just being started has a copy of the file, which keeps a lock alone
      file.close();
    },
  };
}

/**
 * Locks by the number of a process that still runs: Node and Bun know no other way.
 *
 * @param path The file, made where missing.
 * @returns The lock; undefined where its process still runs.
 */
export function lockByNumber(path: string): Lock | undefined {
  const own = `${process.pid}\n`;
  for (const isLastTry of [false, true]) {
    try {
      fs.writeFileSync(path, own, { flag: "wx" });
      break;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
      if (isLastTry || runs(Number(readIfThere(path) ?? ""))) return undefined;
      removeIfThere(path); // of a process that has ended
    }
  }
  const isHeld = () => readIfThere(path) === own;
  return {
    isHeld,
    [Symbol.dispose]() {
      if (isHeld()) removeIfThere(path);
    },
  };
}

function runs(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false; // an empty file is Deno's
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM"; // somebody else's
  }
}
