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
import {
  type DataFile,
  digest,
  isKnown,
  type KnownData,
  MOST_BYTES,
} from "./known_data.ts";
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
  /** Further data sets that are known by name. */
  readonly others?: readonly NamedData<T>[];
  /** Reads data by path in whatever form it has; unless given, it must have the files of `known`. */
  readonly open?: (path: string, most: number) => Promise<Opened<T>>;
}

/** A data set that is known by name. */
export interface NamedData<T> {
  /** The data set. */
  readonly known: KnownData;
  /** Parses its files, in the order of `known.files`. */
  readonly parse: (files: readonly DataFile[]) => T;
}

/** Data that was given by path. */
export interface Opened<T> {
  /** The data. */
  readonly data: T;
  /** Files that were read, in a fixed order. */
  readonly files: readonly DataFile[];
  /** The name of each file below the path, for the checksum. */
  readonly names: readonly string[];
  /** What the person should know of it. */
  readonly notes: readonly string[];
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
  const { builtIn } = source;
  if (request === builtIn.name) return await makeBuiltIn(builtIn);
  const named = namedBy(request, source);
  if (named === undefined) return await loadPath(request, source, listener);
  const { known } = named;
  const silenceMs = request === "auto" ? AUTO_SILENCE_MS : NAMED_SILENCE_MS;
  const found = await findData(known, { ...listener, silenceMs });
  if ("files" in found) return await parseFound(known.name, found, named);
  if (request !== "auto") throw notFound(known, source, found);
  const notice =
    `Built-in ${builtIn.name}, not ${known.name}: ${known.name} was not found`;
  listener.note(`No place has ${known.name}\n${list(found)}`);
  const made = await makeBuiltIn(builtIn);
  return { ...made, dataset: { ...made.dataset, notice } };
}

/** The data set that `--data` names, `known` for `auto`. */
export function namedBy<T>(
  request: string,
  source: DataSource<T>,
): NamedData<T> | undefined {
  if (request === "auto") return source;
  return allNamed(source).find(({ known }) => known.name === request);
}

function allNamed<T>(source: DataSource<T>): readonly NamedData<T>[] {
  return [source, ...source.others ?? []];
}

async function loadPath<T>(
  path: string,
  source: DataSource<T>,
  { most = MOST_BYTES, note }: Listener,
): Promise<Loaded<T>> {
  const open = source.open ?? ((path, most) => openKnown(path, source, most));
  const opened = await open(path, most).catch((error) => {
    if (!(error instanceof NotFoundError)) throw error; // found, but damaged
    const names = allNamed(source).map(({ known }) => known.name);
    const choices = ["auto", ...names, source.builtIn.name].join(", ");
    throw new NotFoundError(
      `Expected data to be ${choices} or a readable path but found "${path}": ${error.message}`,
    );
  });
  opened.notes.forEach(note);
  const sha256 = await digest(opened.files, opened.names);
  const same = knownBy(opened.files, source);
  const name = same?.known.name ?? nameOf(path, sha256, source);
  const dataset = { name, sha256, builtIn: false, origin: path };
  return { data: same?.parse(opened.files) ?? opened.data, dataset };
}

async function openKnown<T>(
  path: string,
  { known, parse }: DataSource<T>,
  most: number,
): Promise<Opened<T>> {
  const files = await readData(path, known, most);
  const names = known.files.map((file) => file.name);
  return { data: parse(files), files, names, notes: [] };
}

/** The known data set whose every byte some files have. */
function knownBy<T>(
  files: readonly DataFile[],
  source: DataSource<T>,
): NamedData<T> | undefined {
  return allNamed(source).find(({ known }) =>
    known.files.length === files.length &&
    known.files.every((file, i) => isKnown(files[i]!, file)) // as many
  );
}

/** The folder's name; never that of other data. */
function nameOf<T>(
  path: string,
  sha256: string,
  source: DataSource<T>,
): string {
  const name = lastName(path);
  const named = allNamed(source).map(({ known }) => known.name);
  const isTaken = [...named, source.builtIn.name].includes(name);
  return isTaken ? `${name}-${sha256.slice(0, 8)}` : name;
}

async function parseFound<T>(
  name: string,
  { origin, files }: Found,
  { known, parse }: NamedData<T>,
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
  { name, where }: KnownData,
  { builtIn }: DataSource<T>,
  missing: NotFound,
): Error {
  const hint = where === undefined ? "" : `${where}\n`;
  return new NotFoundError(
    `Expected to find the data ${name} but no place has it\n${
      list(missing)
    }\n${hint}` +
      `Give a path with --data PATH, or take the built-in data with --data ${builtIn.name}`,
  );
}

function list({ reasons }: NotFound): string {
  return reasons.map((reason) => `  ${reason}`).join("\n");
}

function lastName(path: string): string {
  const name = path.split(/[/\\]/).findLast((part) => part !== "") ?? path;
  return name.replace(/(\.(txt|csv|npz|npy))?(\.gz)?$/, "");
}
