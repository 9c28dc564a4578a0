/**
 * Data sets that are known by name.
 * @module
 */
import { gunzip } from "./gunzip.ts";
import { sha256 } from "../sha256.ts";

/** A data set of which every byte is known. */
export interface KnownData {
  /** What `--data` calls it. */
  readonly name: string;
  /** Folder of the data set inside `LOWERBOUND_DATA`. */
  readonly folder: string;
  /** Files of the data set, in the order in which they are parsed. */
  readonly files: readonly KnownFile[];
}

/** A file of a known data set. */
export interface KnownFile {
  /** The name without `.gz`. */
  readonly name: string;
  /** SHA-256 of the bytes without gzip. */
  readonly sha256: string;
  /** Length of the bytes without gzip: more are never read. */
  readonly size: number;
  /** Public mirrors, in the order tried; as many for each file of a data set. */
  readonly urls: readonly string[];
}

/** The most bytes of a file of unknown size, unless `--data-limit` says otherwise. */
export const MOST_BYTES: number = 2 ** 30;

/** A file that was found. */
export interface DataFile {
  /** Where it was, for errors. */
  readonly path: string;
  /** Content of the file, without gzip. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** SHA-256 of `bytes`. */
  readonly sha256: string;
}

/**
 * Inflates and digests a file.
 *
 * @param path Where it was, for errors.
 * @param raw Its bytes as stored, with or without gzip.
 * @param most The most bytes that it may hold without gzip.
 * @returns The file.
 * @throws {SyntaxError} If its gzip stream is damaged.
 * @throws {RangeError} If it holds more.
 */
export async function openFile(
  path: string,
  raw: Uint8Array<ArrayBuffer>,
  most: number = MOST_BYTES,
): Promise<DataFile> {
  const bytes = gunzip(raw, path, most);
  return { path, bytes, sha256: await sha256(bytes) };
}

/**
 * Refuses a file whose bytes are not those of the known one.
 *
 * @param file What was found.
 * @param known What was looked for.
 * @throws {Error} If the checksums differ.
 */
export function expectKnown(file: DataFile, known: KnownFile): void {
  if (file.sha256 === known.sha256) return;
  throw new Error(
    `Expected SHA-256 ${known.sha256} of ${file.path} but found ${file.sha256}`,
  );
}

/**
 * Digests several files as one.
 *
 * @param files The files, in order.
 * @param names Their names, in the same order.
 * @returns The SHA-256 of a single file, or that of the lines which `sha256sum` prints for several.
 */
export async function digest(
  files: readonly DataFile[],
  names: readonly string[],
): Promise<string> {
  const [only] = files;
  if (only !== undefined && files.length === 1) return only.sha256;
  const lines = files.map((file, i) => `${file.sha256}  ${names[i]}\n`).join(
    "",
  );
  return await sha256(new TextEncoder().encode(lines));
}
