/**
 * The folder of a run as the file system knows it: nothing in it leads elsewhere, and it stays where it is.
 * @module
 */
import fs from "node:fs";
import { codeOf } from "./file_error.ts";

/** A folder that is held by its identity, not only by its name. */
export interface Place {
  /** The folder. */
  readonly path: string;
  /** Finds the path of a file inside, after a look at each folder on the way. */
  readonly at: (name: string) => string;
  /** Refuses a folder that was moved, removed or replaced. */
  readonly expectThere: () => void;
}

/** The folder of a run, or its measurements, are no longer where they were. */
export class LostPlaceError extends Error {
  /** The class name, as printed in a stack trace. */
  override readonly name = "LostPlaceError";
}

/**
 * Takes hold of a folder.
 *
 * @param path An existing folder, not a link to one.
 * @returns The place.
 * @throws {RangeError} If it is a link.
 */
export function holdPlace(path: string): Place {
  expectNoLink(path);
  const held = fs.lstatSync(path);
  const expectThere = () => {
    const found = statOf(path);
    if (found?.isDirectory() && isSame(found, held)) return;
    throw new LostPlaceError(
      `Expected ${path} to stay in place while the run goes on but it was ${
        found === undefined ? "moved or removed" : "replaced"
      }`,
    );
  };
  return {
    path,
    expectThere,
    at(name) {
      expectThere();
      const parts = name.split("/");
      parts.forEach((_, i) =>
        expectNoLink(`${path}/${parts.slice(0, i + 1).join("/")}`)
      );
      return `${path}/${name}`;
    },
  };
}

/**
 * Refuses a folder in which anything is a link: what is written through it would change files elsewhere.
 *
 * @param folder The folder, looked through to its last file.
 * @throws {RangeError} If it is a link or holds one, naming it and where it leads.
 */
export function expectNoLinks(folder: string): void {
  expectNoLink(folder);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) expectNoLinks(path);
    else expectNoLink(path);
  }
}

/**
 * Refuses a path that is a link, or a file with a second name.
 *
 * @param path A file or a folder, which may be missing.
 * @throws {RangeError} If what is written there would change a file elsewhere.
 */
export function expectNoLink(path: string): void {
  const found = statOf(path);
  if (found?.isSymbolicLink()) {
    throw new RangeError(
      `Expected ${path} not to be a link but it leads to ${targetOf(path)}`,
    );
  }
  if (found?.isFile() && found.nlink > 1) {
    throw new RangeError(
      `Expected ${path} to have one name but found ${found.nlink} hard links to it`,
    );
  }
}

/** The status of a path itself, not of what it leads to; undefined where there is nothing. */
export function statOf(path: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") {
      return undefined;
    }
    throw error;
  }
}

/** Whether two paths or open files are one and the same. */
export function isSame(first: fs.Stats, second: fs.Stats): boolean {
  return first.ino === second.ino && first.dev === second.dev;
}

function targetOf(path: string): string {
  try {
    return fs.realpathSync(path);
  } catch {
    return fs.readlinkSync(path); // to nothing
  }
}
