/**
 * Where this process is: its program, and paths as the file system knows them.
 * @module
 */
import fs from "node:fs";
import { resolve } from "node:path";
import process from "node:process";

/** The runtime's own program file. */
export function runtimePath(): string {
  return process.execPath;
}

/**
 * Makes a folder where it is missing.
 *
 * @param path The folder.
 * @returns Its absolute path.
 */
export function makeFolder(path: string): string {
  fs.mkdirSync(path, { recursive: true });
  return resolve(path);
}

/** The absolute path of a file or a folder, which may be missing. */
export function absolutePath(path: string): string {
  return resolve(path);
}
