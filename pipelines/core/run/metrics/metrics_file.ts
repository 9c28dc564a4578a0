/**
 * The measurements of a run in `metrics.jsonl`, one line per record.
 * @module
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import process from "node:process";
import type { MetricRecord, Metrics } from "../../context.ts";
import { deno } from "../../runtime.ts";
import { writeAll } from "../disk/atomic_file.ts";
import { tryLock } from "../disk/folder_lock.ts";
import { isSame, LostPlaceError, statOf } from "../disk/place.ts";
import { metricLine } from "./metric_line.ts";

/** A place in the file, and what lies before it. */
export interface Mark {
  /** Bytes before the next record. */
  readonly position: number;
  /** SHA-256 of these bytes. */
  readonly sha256: string;
}

/** An open `metrics.jsonl`. */
export interface MetricsFile extends Metrics, Disposable {
  /** Where the next record goes. */
  readonly mark: () => Mark;
  /** Goes on after the first `position` bytes, which must be there. */
  readonly goTo: (position: number) => void;
  /** Brings everything to the disk. */
  readonly sync: () => void;
  /** Refuses to end before every line of the earlier process was repeated. */
  readonly finish: () => void;
  /** Refuses a file that was cut, replaced or removed by others. */
  readonly expectThere: () => void;
  /** Everything before the next record. */
  readonly content: () => Uint8Array<ArrayBuffer>;
}

/**
 * Opens a file of measurements; lines that an earlier process left must come again before new ones are added.
 *
 * @param path The file, made where missing.
 * @param keep What to keep of the earlier process: up to its newest checkpoint; a torn last line lies behind it.
 * @returns The open file, before its first line.
 * @throws {RangeError} If the file holds fewer bytes, or others.
 * @throws {Error} If another process writes into it.
 */
export function openMetricsFile(path: string, keep: Mark): MetricsFile {
  using opened = new DisposableStack();
  if (deno !== undefined && process.platform !== "win32") { // there a lock keeps out this process, too
    const lock = tryLock(path);
    if (lock === undefined) {
      throw new Error(
        `Expected ${path} to be free but another process writes into it`,
      );
    }
    opened.use(lock);
  }
  const file = fs.openSync(path, fs.constants.O_RDWR | fs.constants.O_CREAT);
  opened.defer(() => fs.closeSync(file));
  const kept = readKept(path, file, keep);
  const all = opened.move();
  return {
    ...metricsFile(path, file, kept),
    [Symbol.dispose]: () => all.dispose(),
  };
}

function metricsFile(
  path: string,
  file: number,
  kept: Uint8Array<ArrayBuffer>,
): Omit<MetricsFile, typeof Symbol.dispose> {
  const all = growing(kept);
  const hash = createHash("sha256"); // of what lies before the position
  let position = 0;
  let size = kept.length;
  const pass = (bytes: Uint8Array) => {
    hash.update(bytes);
    position += bytes.length;
  };
  return {
    mark: () => ({ position, sha256: hash.copy().digest("hex") }),
    record(record: MetricRecord) {
      const line = new TextEncoder().encode(metricLine(record));
      if (position < kept.length) expectRepeated(path, kept, position, line);
      else {
        writeAll(file, line, size);
        all.add(line);
        size += line.length;
      }
      pass(line);
    },
    goTo(next) {
      if (next < position || next > Math.max(kept.length, position)) {
        throw notRepeatable(path, `position ${next}`, `${position}`);
      }
      pass(kept.subarray(position, next));
      position = next;
    },
    sync: () => fs.fsyncSync(file),
    finish() {
      if (position === size) return;
      throw notRepeatable(path, `${size} bytes`, `${position} bytes`);
    },
    expectThere() {
      const found = statOf(path);
      const isThere = found !== undefined && isSame(found, fs.fstatSync(file));
      if (isThere && found.size === size) return;
      const what = isThere ? `${found.size} bytes` : "another file or none";
      throw new LostPlaceError(
        `Expected ${path} to hold the ${size} bytes that were written but found ${what}`,
      );
    },
    content: () => all.upTo(position),
  };
}

function readKept(
  path: string,
  file: number,
  { position, sha256 }: Mark,
): Uint8Array<ArrayBuffer> {
  const { size } = fs.fstatSync(file);
  if (size < position) {
    throw new RangeError(
      `Expected ${path} to hold the ${position} bytes before its newest checkpoint but found ${size}; ${remedy}`,
    );
  }
  const kept = new Uint8Array(position);
  for (let from = 0; from < position;) {
    const read = fs.readSync(file, kept, from, position - from, from);
    if (read === 0) throw new RangeError(`Expected to read all of ${path}`);
    from += read;
  }
  const found = createHash("sha256").update(kept).digest("hex");
  if (found !== sha256) {
    throw new RangeError(
      `Expected the first ${position} bytes of ${path} to have SHA-256 ${sha256}, as its newest checkpoint says, but found ${found}: the file was changed; ${remedy}`,
    );
  }
  fs.ftruncateSync(file, position);
  return kept;
}

const remedy =
  'put back a copy of the file, or remove the folder "checkpoints" to repeat the run from its start';

/** Bytes that grow at their end, in memory: the file itself may be cut by others. */
function growing(first: Uint8Array<ArrayBuffer>) {
  let bytes = first;
  let length = first.length;
  return {
    add(more: Uint8Array) {
      if (length + more.length > bytes.length) {
        const larger = new Uint8Array(2 * (length + more.length));
        larger.set(bytes.subarray(0, length));
        bytes = larger;
      }
      bytes.set(more, length);
      length += more.length;
    },
    upTo: (end: number) => bytes.slice(0, end),
  };
}

function expectRepeated(
  path: string,
  kept: Uint8Array<ArrayBuffer>,
  position: number,
  line: Uint8Array<ArrayBuffer>,
): void {
  const end = kept.indexOf(0x0a, position) + 1;
  const before = kept.subarray(position, end);
  if (before.every((byte, i) => byte === line[i])) return; // both end in the only newline
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trimEnd();
  throw notRepeatable(path, text(before), text(line));
}

function notRepeatable(path: string, before: string, now: string): Error {
  return new Error(
    `Expected the run to repeat itself in ${path}: ${before}, but found ${now}`,
  );
}
