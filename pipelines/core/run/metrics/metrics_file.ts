/**
 * The measurements of a run in `metrics.jsonl`, one line per record.
 * @module
 */
import type { MetricRecord, Metrics } from "../../context.ts";
import { metricLine } from "./metric_line.ts";

/** An open `metrics.jsonl`. */
export interface MetricsFile extends Metrics, Disposable {
  /** Bytes before the next record. */
  readonly position: () => number;
  /** Goes on after the first `position` bytes, which must be there. */
  readonly goTo: (position: number) => void;
  /** Brings everything to the disk. */
  readonly sync: () => void;
  /** Refuses to end before every line of the earlier process was repeated. */
  readonly finish: () => void;
}

/**
 * Opens a file of measurements; lines that an earlier process left must come again before new ones are added.
 *
 * @param path The file, made where missing.
 * @param keep Bytes to keep of the earlier process: up to its newest checkpoint; a torn last line lies behind it.
 * @returns The open file, before its first line.
 * @throws {RangeError} If the file holds fewer bytes.
 */
export function openMetricsFile(path: string, keep: number): MetricsFile {
  const file = Deno.openSync(path, { read: true, write: true, create: true });
  try {
    return metricsFile(path, file, readKept(path, file, keep));
  } catch (error) {
    file.close();
    throw error;
  }
}

function metricsFile(
  path: string,
  file: Deno.FsFile,
  kept: Uint8Array<ArrayBuffer>,
): MetricsFile {
  let position = 0;
  let size = kept.length;
  return {
    position: () => position,
    record(record: MetricRecord) {
      const line = new TextEncoder().encode(metricLine(record));
      if (position < kept.length) expectRepeated(path, kept, position, line);
      else size += append(file, line);
      position += line.length;
    },
    goTo(next) {
      if (next < position || next > size) {
        throw notRepeatable(path, `position ${next}`, `${position}`);
      }
      position = next;
    },
    sync: () => file.syncSync(),
    finish() {
      if (position === size) return;
      throw notRepeatable(path, `${size} bytes`, `${position} bytes`);
    },
    [Symbol.dispose]: () => file.close(),
  };
}

function readKept(
  path: string,
  file: Deno.FsFile,
  keep: number,
): Uint8Array<ArrayBuffer> {
  const { size } = file.statSync();
  if (size < keep) {
    throw new RangeError(
      `Expected ${path} to hold the ${keep} bytes before its newest checkpoint but found ${size}`,
    );
  }
  file.truncateSync(keep);
  const kept = new Uint8Array(keep);
  for (let from = 0; from < keep;) {
    from += file.readSync(kept.subarray(from)) ?? keep;
  }
  return kept;
}

function append(file: Deno.FsFile, line: Uint8Array<ArrayBuffer>): number {
  for (let from = 0; from < line.length;) {
    from += file.writeSync(line.subarray(from));
  }
  return line.length;
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
