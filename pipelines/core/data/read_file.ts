/**
 * Reads data sets from folders of this machine.
 * @module
 */
import fs from "node:fs/promises";
import { isMissing, NotFoundError } from "../missing.ts";
import { tooLarge } from "./gunzip.ts";
import {
  type DataFile,
  type KnownData,
  type KnownFile,
  MOST_BYTES,
  openFile,
} from "./known_data.ts";
import { expectGranted } from "./permission.ts";

/**
 * Reads a file's bytes.
 *
 * @param path The file.
 * @param most The most bytes that it may have as stored; gzip may add a little to them.
 * @returns Its bytes as stored; `undefined` where there is no such file.
 * @throws {NotGrantedError} If reading is not granted, by Deno or by the system.
 * @throws {RangeError} If it is larger, or a folder.
 */
export async function readFile(
  path: string,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  expectGranted({ name: "read", path }, `--allow-read=${path}`);
  try {
    const found = await fs.stat(path);
    if (found.isDirectory()) {
      throw new RangeError(`Expected a file but found the folder ${path}`);
    }
    if (found.size > 1.01 * most + 1000) throw tooLarge(path, most);
    return new Uint8Array(await fs.readFile(path));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Reads the files of a data set from a folder, each with or without `.gz`.
 *
 * @param folder The folder; of a data set of one file, also the file itself under any name.
 * @param known The data set whose file names are looked for; contents may be others.
 * @param most The most bytes of a file without gzip.
 * @returns The files, in the order of `known.files`.
 * @throws {NotFoundError} If the folder or one of the files is missing.
 * @throws {NotGrantedError} If reading is not granted.
 * @throws {SyntaxError} If a gzip stream is damaged.
 * @throws {RangeError} If a file is larger, or a folder.
 */
export async function readData(
  folder: string,
  known: KnownData,
  most: number = MOST_BYTES,
): Promise<readonly DataFile[]> {
  if (await isFolder(folder)) {
    const files: DataFile[] = [];
    for (const file of known.files) {
      const paths = namesOf(file).map((name) => `${folder}/${name}`);
      files.push(await readFirst(paths, most));
    }
    return files;
  }
  if (known.files.length === 1) return [await readFirst([folder], most)];
  throw new NotFoundError(
    `Expected a folder with ${
      known.files[0]?.name
    } but found the file ${folder}`,
  );
}

/** As it is published, and as 7-Zip unpacks it: `train-images.idx3-ubyte`. */
function namesOf({ name }: KnownFile): readonly string[] {
  const dotted = name.replace("-idx", ".idx");
  const names = dotted === name ? [name] : [name, dotted];
  return names.flatMap((name) => [name, `${name}.gz`]);
}

async function isFolder(path: string): Promise<boolean> {
  expectGranted({ name: "read", path }, `--allow-read=${path}`);
  try {
    return (await fs.stat(path)).isDirectory();
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new NotFoundError(`No file or folder ${path}`);
  }
}

async function readFirst(
  paths: readonly string[],
  most: number,
): Promise<DataFile> {
  for (const path of paths) {
    const raw = await readFile(path, most);
    if (raw !== undefined) return await openFile(path, raw, most);
  }
  throw new NotFoundError(`No file ${paths.join(" or ")}`);
}
