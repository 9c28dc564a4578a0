/**
 * Data sets that are known by name.
 * @module
 */
import { createHash } from "node:crypto";
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
  /** Where a person can get it, for data that has no mirror. */
  readonly where?: string;
}

/** A file of a known data set. */
export interface KnownFile {
  /** The name without `.gz`. */
  readonly name: string;
  /** SHA-256 of the bytes without gzip; missing where nobody has published one. */
  readonly sha256?: string;
  /** SHA-256 of the file as it is published, with gzip; read where `sha256` is missing. */
  readonly gzipSha256?: string;
  /** MD5 of the bytes without gzip, for a file that was unpacked; read where `sha256` is missing. */
  readonly md5?: string;
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
  /** SHA-256 of the file as stored, where it is stored with gzip. */
  readonly gzipSha256?: string;
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
  const file = { path, bytes, sha256: await sha256(bytes) };
  return bytes === raw ? file : { ...file, gzipSha256: await sha256(raw) };
}

/**
 * Refuses a file whose bytes are not those of the known one.
 *
 * @param file What was found.
 * @param known What was looked for.
 * @throws {Error} If no checksum agrees.
 */
export function expectKnown(file: DataFile, known: KnownFile): void {
  if (isKnown(file, known)) return;
  const { path } = file;
  if (known.sha256 !== undefined) {
    throw new Error(
      `Expected SHA-256 ${known.sha256} of ${path} but found ${file.sha256}`,
    );
  }
  const unpacked = known.md5 === undefined
    ? ""
    : `, or MD5 ${known.md5} without gzip,`;
  throw new Error(
    `Expected SHA-256 ${known.gzipSha256} of ${path} with gzip${unpacked} but found ${
      file.gzipSha256 ?? `MD5 ${md5(file.bytes)} without gzip`
    }`,
  );
}

/**
 * Whether a file's bytes are those of the known one, by the strongest checksum that is known of them.
 *
 * MD5 tells a damaged file, not a forged one: it only answers where a file was unpacked, and no SHA-256 of the unpacked
 * bytes has been published.
 *
 * @param file What was found.
 * @param known What was looked for.
 */
export function isKnown(file: DataFile, known: KnownFile): boolean {
  if (known.sha256 !== undefined) return file.sha256 === known.sha256;
  if (file.gzipSha256 !== undefined && file.gzipSha256 === known.gzipSha256) {
    return true;
  }
  return file.bytes.length === known.size && known.md5 !== undefined &&
    md5(file.bytes) === known.md5;
}

function md5(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("hex");
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
