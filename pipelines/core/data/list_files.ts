/**
 * Files below a folder.
 * @module
 */
import fs from "node:fs/promises";
import { isMissing, NotFoundError } from "../missing.ts";
import { expectGranted } from "./permission.ts";

/** The most files that a folder of data may have. */
const MOST_FILES = 200_000;

/**
 * Lists the files of a folder, down to its subfolders' subfolders; hidden ones are left out.
 *
 * @param folder The folder, or a file.
 * @returns Paths below the folder with `/`, in the order of their code units; `undefined` where it is a file.
 * @throws {NotFoundError} If there is neither.
 * @throws {NotGrantedError} If reading is not granted.
 * @throws {RangeError} If there are more than 200,000 files.
 */
export async function listFiles(
  folder: string,
): Promise<readonly string[] | undefined> {
  expectGranted({ name: "read", path: folder }, `--allow-read=${folder}`);
  try {
    if (!(await fs.stat(folder)).isDirectory()) return undefined;
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new NotFoundError(`No file or folder ${folder}`);
  }
  const files: string[] = [];
  await walk(folder, "", 2, files);
  return files.sort((a, b) => a < b ? -1 : 1);
}

async function walk(
  root: string,
  below: string,
  depth: number,
  files: string[],
): Promise<void> {
  const found = await fs.readdir(`${root}/${below}`, { withFileTypes: true });
  for (const entry of found) {
    if (entry.name.startsWith(".")) continue;
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      if (depth > 0) await walk(root, path, depth - 1, files);
      continue;
    }
    files.push(path);
    if (files.length > MOST_FILES) {
      throw new RangeError(
        `Expected at most ${MOST_FILES} files in ${root} but found more`,
      );
    }
  }
}
