/**
 * Runs as they are now, read again only where something has changed.
 * @module
 */
import { findRuns, type FoundRun } from "../../core/runs/find_runs.ts";
import { followMetrics } from "../../core/runs/follow_metrics.ts";
import { lastSignOf, readRun } from "../../core/runs/read_run.ts";
import { CurveCollector } from "../curves.ts";
import { type FindTask, type RunView, viewOf } from "../run_view.ts";
import { rowOf, type RunRow } from "../run_rows.ts";

/** Runs whose measurements are kept in memory; the one that nobody has looked at for longest goes first. */
const MOST_RUNS = 12;

/** Milliseconds for which a long file is read after somebody has looked. */
const PATIENCE = 5000;

/** Milliseconds for which a list of folders stands. */
const LIST_STANDS = 1500;

/** A run with how far its measurements were read. */
export interface LiveView {
  /** The run. */
  readonly view: RunView;
  /** Such as `312 of 1024`, in MiB, while a long file is read; undefined after that. */
  readonly reading: readonly [done: number, size: number] | undefined;
}

/** The runs below a folder. */
export interface LiveRuns {
  /** All runs, as rows of a list. */
  readonly rows: () => Promise<readonly RunRow[]>;
  /** One run, with as much as was read of it; undefined where there is none of that name. */
  readonly view: (name: string) => Promise<LiveView | undefined>;
  /** The folder of a run; undefined where there is none of that name. */
  readonly folderOf: (name: string) => string | undefined;
}

/** A run whose measurements are followed. */
interface Followed {
  collector: CurveCollector;
  reading: readonly [number, number] | undefined;
  pending: Promise<void> | undefined;
  /** Why the measurements cannot be read; empty where they can. */
  fault: string;
  /** When somebody last looked, by `performance.now()`. */
  seen: number;
  readonly read: () => Promise<void>;
  readonly unreadable: () => number;
}

/**
 * Looks at the runs below a folder. Nothing is written, and nothing outside is read: a run is one of those that were
 * found, not a path that somebody asks for.
 *
 * @param place The folder of all runs.
 * @param find Finds out about a task.
 * @returns The runs.
 */
export function liveRuns(
  place: string,
  find: FindTask,
): LiveRuns {
  const followed = new Map<string, Followed>();
  const rows = new Map<
    string,
    { readonly sign: number; readonly row: RunRow }
  >();
  let listed: readonly FoundRun[] = [];
  let listedAt = -Infinity;
  const list = () => {
    if (performance.now() - listedAt > LIST_STANDS) {
      listed = findRuns(place);
      listedAt = performance.now();
    }
    return listed;
  };
  const folderOf = (name: string) =>
    list().find((found) => found.name === name)?.path;
  return {
    folderOf,
    async rows() {
      const found = list();
      const names = new Set(found.map(({ name }) => name));
      for (const name of rows.keys()) if (!names.has(name)) rows.delete(name);
      for (const one of found) {
        try {
          const sign = lastSignOf(one.path);
          if (rows.get(one.name)?.sign === sign) continue;
          const options = { number: undefined, measure: () => 0 };
          rows.set(one.name, { sign, row: await rowOf(one, find, options) });
        } catch {
          rows.delete(one.name); // no run, or one that is just written
        }
      }
      return [...rows.values()].map(({ row }) => row);
    },
    async view(name) {
      const folder = folderOf(name);
      if (folder === undefined) return undefined;
      const run = followed.get(name) ?? follow(folder);
      followed.delete(name);
      followed.set(name, run); // the newest stands last
      const [oldest] = followed.keys();
      if (followed.size > MOST_RUNS && oldest !== undefined) {
        followed.delete(oldest);
      }
      run.seen = performance.now();
      run.pending ??= update(run);
      await Promise.race([run.pending, wait(200)]); // a long file is shown while it is read
      const stored = await readRun(folder);
      const view = await viewOf(stored, find, run.collector, run.unreadable());
      const faults = [...view.faults, ...run.fault === "" ? [] : [run.fault]];
      return { view: { ...view, faults }, reading: run.reading };
    },
  };
}

function follow(folder: string): Followed {
  let stop = new AbortController();
  const metrics = followMetrics(folder, {
    onRecord: (record) => run.collector.add(record),
    onReset: () => run.collector = new CurveCollector(),
    onPiece: (done, size) => {
      run.reading = [done, size];
      if (performance.now() - run.seen > PATIENCE) stop.abort(); // the next look goes on
    },
  });
  const run: Followed = {
    collector: new CurveCollector(),
    reading: undefined,
    pending: undefined,
    fault: "",
    seen: performance.now(),
    unreadable: metrics.unreadable,
    read: async () => {
      stop = new AbortController();
      await metrics.read(stop.signal);
    },
  };
  return run;
}

async function update(run: Followed): Promise<void> {
  run.fault = "";
  try {
    await run.read();
  } catch (error) {
    run.fault = error instanceof Error ? error.message : String(error);
  }
  run.pending = undefined;
  run.reading = undefined;
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
