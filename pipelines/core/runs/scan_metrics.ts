/**
 * Reads measurements of any length piece by piece.
 * @module
 */
import type { MetricRecord } from "../context.ts";
import { openInside } from "./read_inside.ts";

/** Bytes read at a time. */
const PIECE = 2 ** 20;

/** A longer line is no record: a run's longest have some 10 kB. */
const LONGEST_LINE = 2 ** 20;

/** How far a file was read. */
export interface Scan {
  /** Bytes up to the end of the last whole line. */
  readonly position: number;
  /** Lines that are no records. */
  readonly unreadable: number;
}

/** What to do with what is read. */
export interface ScanOptions {
  /** Where to begin: the position of an earlier scan. */
  readonly from?: number;
  /** Called between pieces with the bytes read and the bytes there are; other work may go on meanwhile. */
  readonly onPiece?: (position: number, size: number) => void | Promise<void>;
  /** Ends the scan between two pieces. */
  readonly signal?: AbortSignal;
}

/**
 * Reads the records of `metrics.jsonl` in order; memory does not grow with the file. A last line without its end is left
 * for the next scan, and lines that are no records are counted.
 *
 * @param folder The run's folder.
 * @param onRecord Is given each record.
 * @param options Where to begin, and what to do on the way.
 * @returns How far the file was read; where it is missing or shorter than `from`, position 0.
 */
export async function scanMetrics(
  folder: string,
  onRecord: (record: MetricRecord) => void,
  { from = 0, onPiece, signal }: ScanOptions = {},
): Promise<Scan> {
  using file = openInside(folder, "metrics.jsonl");
  if (file === undefined || file.size < from) {
    return { position: 0, unreadable: 0 };
  }
  const piece = new Uint8Array(PIECE + LONGEST_LINE);
  const decoder = new TextDecoder();
  let position = from; // of the first byte in `piece`
  let kept = 0; // bytes of a line that has not ended
  let unreadable = 0;
  let isSkipping = false; // in a line that is too long
  while (!signal?.aborted) {
    const room = piece.subarray(kept, kept + PIECE);
    const read = file.read(room, position + kept);
    if (read === 0) break;
    const bytes = piece.subarray(0, kept + read);
    const end = bytes.lastIndexOf(0x0a) + 1;
    if (end > 0) {
      const lines = decoder.decode(bytes.subarray(0, end - 1)).split("\n");
      if (isSkipping) lines.shift(); // the end of a long line, counted when it began
      isSkipping = false;
      for (const line of lines) {
        const record = recordOf(line);
        if (record === undefined) unreadable++;
        else onRecord(record);
      }
    }
    kept = bytes.length - end;
    position += end;
    if (kept > LONGEST_LINE) {
      if (!isSkipping) unreadable++;
      isSkipping = true;
      position += kept;
      kept = 0;
    } else piece.copyWithin(0, end, end + kept);
    await onPiece?.(position, file.size);
  }
  return { position, unreadable };
}

/** As the schema of a line, by hand: there may be ten million. */
function recordOf(line: string): MetricRecord | undefined {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed !== "object" || parsed === null) return undefined;
    const { step, epoch, ...values } = parsed as Record<string, unknown>; // checked next
    if (!isStep(step) || typeof epoch !== "number" || !(epoch >= 0)) {
      return undefined;
    }
    for (const value of Object.values(values)) {
      if (typeof value !== "number") return undefined;
    }
    return { step, epoch, values: values as Record<string, number> }; // as just seen
  } catch {
    return undefined;
  }
}

function isStep(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
