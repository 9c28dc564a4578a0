/**
 * One process at a time in a run's folder.
 * @module
 */
import { statOf } from "./place.ts";

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
  const file = Deno.openSync(path, { read: true, write: true, create: true });
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
      if (isOpen) file.close();
      isOpen = false;
    },
  };
}
