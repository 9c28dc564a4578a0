/**
 * Looks for a known data set, in a fixed order.
 * @module
 */
import { NotFoundError } from "../missing.ts";
import { cacheFolder, readCached, writeCached } from "./cache.ts";
import { download } from "./download.ts";
import {
  type DataFile,
  expectKnown,
  type KnownData,
  type KnownFile,
  openFile,
} from "./known_data.ts";
import { environment } from "./permission.ts";
import { readData } from "./read_file.ts";

/** How a search talks and when it ends. */
export interface Search {
  /** Is told what the person should know: a damaged cache, a download. */
  readonly note: (text: string) => void;
  /** Aborts the search. */
  readonly signal: AbortSignal;
  /** How long a server may be silent, in milliseconds. */
  readonly silenceMs: number;
}

/** Files that were found, and where. */
export interface Found {
  /** The folder or the server. */
  readonly origin: string;
  /** In the order of `KnownData.files`. */
  readonly files: readonly DataFile[];
}

/** A search that found nothing. */
export interface NotFound {
  /** Each place tried, and why it failed. */
  readonly reasons: readonly string[];
}

/**
 * Looks for a data set in `LOWERBOUND_DATA`, then in the cache, then on its public mirrors.
 *
 * Every byte is checked by SHA-256. A place that may not be read counts as a place without the data.
 *
 * @param known The data set.
 * @param search How the search talks and when it ends.
 * @returns The files, or why each place failed.
 */
export async function findData(
  known: KnownData,
  search: Search,
): Promise<Found | NotFound> {
  const reasons: string[] = [];
  const found = await inFolder(known, reasons) ??
    await inCache(known, search, reasons);
  return found ?? { reasons };
}

async function inFolder(
  known: KnownData,
  reasons: string[],
): Promise<Found | undefined> {
  try {
    const root = environment("LOWERBOUND_DATA");
    if (root === undefined) throw new NotFoundError("Not set");
    const origin = `${root}/${known.folder}`;
    const files = await readData(origin, known);
    known.files.forEach((file, i) => expectKnown(files[i]!, file)); // as many by `readData`
    return { origin, files };
  } catch (error) {
    reasons.push(`LOWERBOUND_DATA: ${reasonOf(error)}`);
    return undefined;
  }
}

async function inCache(
  known: KnownData,
  search: Search,
  reasons: string[],
): Promise<Found | undefined> {
  let folder: string | undefined;
  const files = new Map<KnownFile, DataFile>();
  try {
    folder = `${cacheFolder()}/${known.name}`;
    for (const file of known.files) {
      const cached = await readCached(folder, file, search.note);
      if (cached !== undefined) files.set(file, cached);
    }
    if (files.size === known.files.length) return found(known, folder, files);
    reasons.push(
      `cache: Found ${files.size} of ${known.files.length} files in ${folder}`,
    );
  } catch (error) {
    reasons.push(`cache: ${reasonOf(error)}`);
  }
  return await onMirrors(known, search, reasons, files, folder);
}

async function onMirrors(
  known: KnownData,
  search: Search,
  reasons: string[],
  files: Map<KnownFile, DataFile>,
  folder: string | undefined,
): Promise<Found | undefined> {
  const mirrors = known.files[0]?.urls.length ?? 0;
  for (let mirror = 0; mirror < mirrors; mirror++) {
    let url = "";
    try {
      for (const file of known.files) {
        if (files.has(file)) continue;
        url = file.urls[mirror]!; // as many for each file
        files.set(file, await fetchKnown(url, file, folder, search));
      }
      return found(known, new URL(".", url).href, files);
    } catch (error) {
      search.signal.throwIfAborted();
      reasons.push(`${url}: ${reasonOf(error)}`);
    }
  }
  return undefined;
}

async function fetchKnown(
  url: string,
  known: KnownFile,
  folder: string | undefined,
  { note, signal, silenceMs }: Search,
): Promise<DataFile> {
  const size = known.size;
  const most = Math.ceil(1.01 * size) + 1000; // as sent: gzip may add a little
  const raw = await download(url, { silenceMs, most }, signal, note);
  const file = await openFile(url, raw, size);
  expectKnown(file, known);
  note(`Downloaded ${url}`);
  try {
    if (folder !== undefined) writeCached(folder, known, raw);
  } catch (error) {
    note(`Cannot keep ${known.name} for the next run: ${reasonOf(error)}`);
  }
  return file;
}

function found(
  known: KnownData,
  origin: string,
  files: ReadonlyMap<KnownFile, DataFile>,
): Found {
  return { origin, files: known.files.map((file) => files.get(file)!) }; // complete by now
}

/** The innermost message of an error, on one line and without the address, which the caller tells. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return error.message.replace(/^error sending request for url \(\S+\): /, "")
    .replaceAll(/\s+/g, " ");
}
