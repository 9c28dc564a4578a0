/**
 * One process at a time in a run's folder.
 * @module
 */

/**
 * Locks a folder for this process; the lock ends with the process, however it ends.
 *
 * @param folder An existing folder.
 * @returns The lock, which disposing releases.
 * @throws {Deno.errors.Busy} If another process holds the lock.
 */
export function lockFolder(folder: string): Disposable {
  const path = `${folder}/.lock`; // stays there: removing it would race with the next process
  const file = Deno.openSync(path, { read: true, write: true, create: true });
  if (file.tryLockSync(true)) return file;
  file.close();
  throw new Deno.errors.Busy(
    `Expected ${folder} to be free but another process uses it`,
  );
}
