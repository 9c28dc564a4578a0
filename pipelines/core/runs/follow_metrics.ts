/**
 * Measurements of a run that goes on.
 * @module
 */
import type { MetricRecord } from "../context.ts";
import { openInside } from "./read_inside.ts";
import { scanMetrics } from "./scan_metrics.ts";

/** Bytes before the position that must still be there. */
const MARK = 256;

/** What to do with new measurements. */
export interface Follower {
  /** Is given each new record. */
  readonly onRecord: (record: MetricRecord) => void;
  /** The file was cut or replaced, as by a run that was resumed: everything comes again. */
  readonly onReset: () => void;
  /** Called between pieces of a long file with the bytes read and the bytes there are. */
  readonly onPiece?: (position: number, size: number) => void;
}

/** Reads `metrics.jsonl` as it grows. */
export interface FollowedMetrics {
  /** Reads what is new, up to an abort; one call at a time. */
  readonly read: (signal?: AbortSignal) => Promise<void>;
  /** Lines so far that are no records. */
  readonly unreadable: () => number;
}

/**
 * Follows the measurements of a run; only what is new is read, and other work goes on between two pieces of it.
 *
 * @param folder The run's folder.
 * @param follower What to do with new measurements.
 * @returns The measurements, of which nothing was read yet.
 */
export function followMetrics(
  folder: string,
  { onRecord, onReset, onPiece }: Follower,
): FollowedMetrics {
  let position = 0;
  let before: Uint8Array = new Uint8Array(); // what must lie before the position
  let unreadable = 0;
  return {
    async read(signal) {
      if (!isSame(before, bytesBefore(folder, position))) {
        position = 0;
        unreadable = 0;
        onReset();
      }
      const scan = await scanMetrics(folder, onRecord, {
        from: position,
        ...signal ? { signal } : {},
        onPiece: async (done, size) => {
          onPiece?.(done, size);
          await new Promise((resolve) => setTimeout(resolve, 0)); // others have their turn
        },
      });
      position = scan.position;
      unreadable += scan.unreadable;
      before = bytesBefore(folder, position);
    },
    unreadable: () => unreadable,
  };
}

function bytesBefore(folder: string, position: number): Uint8Array {
  using file = openInside(folder, "metrics.jsonl");
  const bytes = new Uint8Array(Math.min(MARK, position));
  const read = file?.read(bytes, position - bytes.length) ?? 0;
  return bytes.subarray(0, read);
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
