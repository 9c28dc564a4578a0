/**
 * Files that appear whole or not at all.
 * @module
 */
import fs from "node:fs";
import process from "node:process";
import { codeOf } from "./file_error.ts";

/** The end of a file's name while it is written: of a killed process, such a file may stay. */
const PART = /\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.part$/;

/**
 * Writes a file so that a killed process, or a machine without power, leaves the old content or the new one.
 *
 * @param path The file; its folder is made where missing.
 * @param content The new content.
 */
export function writeAtomically(
  path: string,
  content: string | Uint8Array<ArrayBuffer>,
): void {
  const folder = folderOf(path);
  fs.mkdirSync(folder, { recursive: true });
  const part = `${path}.${crypto.randomUUID()}.part`; // beside it: a rename cannot cross disks
  try {
    writeThrough(part, content);
    fs.renameSync(part, path);
    syncFolder(folder);
  } catch (error) {
    removeIfThere(part);
    throw error;
  }
}

/**
 * Removes a file, if it is there.
 *
 * @param path The file.
 */
export function removeIfThere(path: string): void {
  try {
    fs.unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/**
 * Tells what a killed process left of a file that it was writing.
 *
 * @param name The name of a file.
 * @returns The name that the file would have got; undefined for any other file.
 */
export function partOf(name: string): string | undefined {
  return PART.test(name) ? name.replace(PART, "") : undefined;
}

/**
 * Writes all bytes: a system may take fewer at a time.
 *
 * @param file An open file.
 * @param bytes What to write.
 * @param at Where in the file the first byte goes.
 */
export function writeAll(file: number, bytes: Uint8Array, at: number): void {
  for (let from = 0; from < bytes.length;) {
    from += fs.writeSync(file, bytes, from, bytes.length - from, at + from);
  }
}

function writeThrough(
  path: string,
  content: string | Uint8Array<ArrayBuffer>,
): void {
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  const file = fs.openSync(path, "wx");
  try {
    writeAll(file, bytes, 0);
    fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
}

/** Makes a rename last; Windows has no such call for folders. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const opened = fs.openSync(folder, "r");
  try {
    fs.fsyncSync(opened);
  } finally {
    fs.closeSync(opened);
  }
}

function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return end < 0 ? "." : path.slice(0, end + 1);
}
