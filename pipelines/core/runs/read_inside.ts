/**
 * Reads files of a run's folder, and no others: nothing that is a link is followed.
 * @module
 */
import fs from "node:fs";
import { statOf } from "../run/disk/place.ts";

/** An open file. */
export interface OpenFile extends Disposable {
  /** Its length when it was opened, in bytes. */
  readonly size: number;
  /** Reads up to `bytes.length` bytes from `position`; returns how many. */
  readonly read: (bytes: Uint8Array, position: number) => number;
}

/**
 * Opens a regular file inside a folder for reading.
 *
 * @param folder The folder.
 * @param name The path below it, with `/` between folders.
 * @returns The file; undefined where there is none.
 * @throws {RangeError} If the path leads outside, or anything on the way is a link or no regular file.
 */
export function openInside(folder: string, name: string): OpenFile | undefined {
  const parts = name.split("/");
  if (parts.some((part) => ["", ".", ".."].includes(part))) {
    throw new RangeError(
      `Expected a path inside ${folder} but found "${name}"`,
    );
  }
  for (let i = 1; i <= parts.length; i++) {
    const path = `${folder}/${parts.slice(0, i).join("/")}`;
    const found = statOf(path);
    if (found === undefined) return undefined;
    const isLast = i === parts.length;
    if (isLast ? found.isFile() : found.isDirectory()) continue;
    throw new RangeError(
      `Expected ${path} to be a ${isLast ? "file" : "folder"} itself, not ${
        found.isSymbolicLink() ? "a link" : "anything else"
      }`,
    );
  }
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants; // Windows has neither
  const file = fs.openSync(
    `${folder}/${name}`,
    O_RDONLY | O_NOFOLLOW | O_NONBLOCK,
  );
  return {
    size: fs.fstatSync(file).size,
    read: (bytes, at) => fs.readSync(file, bytes, 0, bytes.length, at),
    [Symbol.dispose]: () => fs.closeSync(file),
  };
}

/**
 * Reads a whole file inside a folder.
 *
 * @param folder The folder.
 * @param name The path below it, with `/` between folders.
 * @param most The most bytes that it may have.
 * @returns Its content; undefined where there is none.
 * @throws {RangeError} If it is larger, or `openInside` refuses it.
 */
export function readInside(
  folder: string,
  name: string,
  most: number,
): Uint8Array<ArrayBuffer> | undefined {
  using file = openInside(folder, name);
  if (file === undefined) return undefined;
  if (file.size > most) {
    throw new RangeError(
      `Expected ${folder}/${name} to have at most ${most} bytes but found ${file.size}`,
    );
  }
  const bytes = new Uint8Array(file.size);
  let length = 0;
  while (length < bytes.length) {
    const read = file.read(bytes.subarray(length), length);
    if (read === 0) break; // cut meanwhile
    length += read;
  }
  return bytes.subarray(0, length);
}

/** Reads a whole text inside a folder, in UTF-8; see `readInside`. */
export function readTextInside(
  folder: string,
  name: string,
  most: number,
): string | undefined {
  const bytes = readInside(folder, name, most);
  return bytes && new TextDecoder().decode(bytes);
}
