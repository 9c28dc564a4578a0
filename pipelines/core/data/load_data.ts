/**
 * The `--data` flag: data by name or by path, or the built-in data.
 * @module
 */
import { NotFoundError } from "../missing.ts";
import type { DatasetInfo } from "./dataset_info.ts";
import {
  findData,
  type Found,
  type NotFound,
  type Search,
} from "./find_data.ts";
import { type DataFile, digest, type KnownData } from "./known_data.ts";
import { readData } from "./read_file.ts";
import { sha256 } from "../sha256.ts";

/** Data of one kind: the known set, how to parse it, and what stands in for it. */
export interface DataSource<T> {
  /** The data set in the world. */
  readonly known: KnownData;
  /** Parses its files, in the order of `known.files`, or files of the same names given by path. */
  readonly parse: (files: readonly DataFile[]) => T;
  /** The data that is made here. */
  readonly builtIn: BuiltIn<T>;
}

/** Data that needs no file. */
export interface BuiltIn<T> {
  /** What `--data` calls it. */
  readonly name: string;
  /** Makes it; the same bytes on every machine. */
  readonly make: () => T;
  /** Bytes of what was made, for the checksum. */
  readonly bytes: (made: T) => Uint8Array<ArrayBuffer>;
}

/** Data, and what to say about it. */
export interface Loaded<T> {
  /** The data. */
  readonly data: T;
  /** What a run says about it. */
  readonly dataset: DatasetInfo;
}

/** What `loadData` tells, and when it stops. */
export interface Listener extends Pick<Search, "note" | "signal"> {
  /** The most bytes of a file given by path, without gzip; 2^30 unless given. */
  readonly most?: number;
}

/** Two mirrors within 5 s where the built-in data can stand in, within 10 s where it cannot. */
const AUTO_SILENCE_MS = 2_300;
const NAMED_SILENCE_MS = 4_000;

/**
 * Loads the data that `--data` asks for; only `auto` may fall back on the built-in data.
 *
 * Data by path is called after its folder or file; a folder that has the name of other data gets a part of its
 * checksum, so that nothing passes for MNIST but MNIST.
 *
 * @param request `auto`, the name of the known or the built-in data, or a path (`./mnist` where it has such a name).
 * @param source The kind of data.
 * @param listener Is told what the person should know, and aborts.
 * @returns The data; `dataset.notice` is there where the built-in data stands in.
 * @throws {Error} If the data asked for is not found, listing each place tried; or if a file given by path is damaged.
 */
export async function loadData<T>(
  request: string,
  source: DataSource<T>,
  listener: Listener,
): Promise<Loaded<T>> {
  const { known, builtIn } = source;
  if (request === builtIn.name) return await makeBuiltIn(builtIn);
  if (request !== "auto" && request !== known.name) {
    return await loadPath(request, source, listener.most);
  }
  const silenceMs = request === "auto" ? AUTO_SILENCE_MS : NAMED_SILENCE_MS;
  const found = await findData(known, { ...listener, silenceMs });
  if ("files" in found) return await parseFound(known.name, found, source);
  if (request !== "auto") throw notFound(source, found);
  const notice =
    `Built-in ${builtIn.name}, not ${known.name}: ${known.name} was not found`;
  listener.note(`No place has ${known.name}\n${list(found)}`);
  const made = await makeBuiltIn(builtIn);
  return { ...made, dataset: { ...made.dataset, notice } };
}

async function loadPath<T>(
  path: string,
  source: DataSource<T>,
  most: number | undefined,
): Promise<Loaded<T>> {
  const { known, builtIn } = source;
  const files = await readData(path, known, most).catch((error) => {
    if (!(error instanceof NotFoundError)) throw error; // found, but damaged
    throw new NotFoundError(
      `Expected data to be auto, ${known.name}, ${builtIn.name} or a readable path but found "${path}": ${error.message}`,
    );
  });
  const name = await nameOf(path, files, source);
  return await parseFound(name, { origin: path, files }, source);
}

/** The folder's name; never that of other data. */
async function nameOf<T>(
  path: string,
  files: readonly DataFile[],
  { known, builtIn }: DataSource<T>,
): Promise<string> {
  const same = known.files.every((file, i) => file.sha256 === files[i]?.sha256);
  if (same) return known.name;
  const name = lastName(path);
  if (name !== known.name && name !== builtIn.name) return name;
  return `${name}-${(await digestOf(files, known)).slice(0, 8)}`;
}

async function parseFound<T>(
  name: string,
  { origin, files }: Found,
  { known, parse }: DataSource<T>,
): Promise<Loaded<T>> {
  const data = parse(files);
  return {
    data,
    dataset: {
      name,
      sha256: await digestOf(files, known),
      builtIn: false,
      origin,
    },
  };
}

function digestOf(
  files: readonly DataFile[],
  known: KnownData,
): Promise<string> {
  return digest(files, known.files.map((file) => file.name));
}

async function makeBuiltIn<T>(builtIn: BuiltIn<T>): Promise<Loaded<T>> {
  const { name } = builtIn;
  const data = builtIn.make();

  return {
    data,
    dataset: {
      name,
      sha256: await sha256(builtIn.bytes(data)),
      builtIn: true,
      origin: "built-in",
    },
  };
}

function notFound<T>(
  { known, builtIn }: DataSource<T>,
  missing: NotFound,
): Error {
  return new NotFoundError(
    `Expected to find the data ${known.name} but no place has it\n${
      list(missing)
    }\n` +
      `Give a path with --data PATH, or take the built-in data with --data ${builtIn.name}`,
  );
}

function list({ reasons }: NotFound): string {
  return reasons.map((reason) => `  ${reason}`).join("\n");
}

function lastName(path: string): string {
  const name = path.split(/[/\\]/).findLast((part) => part !== "") ?? path;
  return name.replace(/\.(txt|gz)$/, "");
}
