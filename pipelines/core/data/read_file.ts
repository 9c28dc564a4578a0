/**
 * Reads data sets from folders of this machine.
 * @module
 */
import { type DataFile, type KnownData, openFile } from "./known_data.ts";
import { expectGranted } from "./permission.ts";

/**
 * Reads a file's bytes.
 *
 * @param path The file.
 * @returns Its bytes as stored; `undefined` where there is no such file.
 * @throws {Deno.errors.NotCapable} If reading is not granted, by Deno or by the system.
 */
export async function readFile(
  path: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  expectGranted({ name: "read", path }, `--allow-read=${path}`);
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Reads the files of a data set from a folder, each with or without `.gz`.
 *
 * @param folder The folder; of a data set of one file, also the file itself under any name.
 * @param known The data set whose file names are looked for; contents may be others.
 * @returns The files, in the order of `known.files`.
 * @throws {Deno.errors.NotFound} If the folder or one of the files is missing.
 * @throws {Deno.errors.NotCapable} If reading is not granted.
 * @throws {SyntaxError} If a gzip stream is damaged.
 */
export async function readData(
  folder: string,
  known: KnownData,
): Promise<readonly DataFile[]> {
  if (await isFolder(folder)) {
    const files: DataFile[] = [];
    for (const { name } of known.files) {
      files.push(await readEither(`${folder}/${name}`, `${folder}/${name}.gz`));
    }
    return files;
  }
  if (known.files.length === 1) return [await readEither(folder)];
  throw new Deno.errors.NotFound(
    `Expected a folder with ${
      known.files[0]?.name
    } but found the file ${folder}`,
  );
}

async function isFolder(path: string): Promise<boolean> {
  expectGranted({ name: "read", path }, `--allow-read=${path}`);
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Deno.errors.NotFound(`No file or folder ${path}`);
  }
}

async function readEither(...paths: readonly string[]): Promise<DataFile> {
  for (const path of paths) {
    const raw = await readFile(path);
    if (raw !== undefined) return await openFile(path, raw);
  }
  throw new Deno.errors.NotFound(`No file ${paths.join(" or ")}`);
}
