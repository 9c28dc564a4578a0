/**
 * A run in a folder, `runs/TASK-TIME-ID/`: everything it measured, drew and learned, and how to repeat it.
 * @module
 */
import { artifactFiles } from "./artifact_files.ts";
import {
  checkpointFiles,
  furthestPosition,
} from "./checkpoints/checkpoint_files.ts";
import { lockFolder } from "./folder_lock.ts";
import { openMetricsFile } from "./metrics/metrics_file.ts";
import { peakMemory } from "./peak_memory.ts";
import { newRecord, type RunStart } from "./new_record.ts";
import { readRecord, type RunRecord, writeRecord } from "./run_record.ts";
import { expectSameData, expectSameRun, type Wanted } from "./same_run.ts";
import type { Store } from "./store.ts";
import { type Summary, summaryFile, writeSummary } from "./summary.ts";

/** What a run's folder needs to know of the process. */
export interface FolderHost {
  /** Minutes between checkpoints, beside those at each validation. */
  readonly checkpointMinutes: number;
  /** Is told what should not be missed. */
  readonly warn: (text: string) => void;
}

/** How a run ended. */
export type Ending =
  | { readonly status: "finished"; readonly summary?: Summary }
  | { readonly status: "failed"; readonly error: unknown }
  | { readonly status: "interrupted" };

/** The folder of a run that goes on; disposing it leaves the run as if killed. */
export interface RunFolder extends Disposable {
  /** The folder. */
  readonly path: string;
  /** The run's record as it is now. */
  readonly record: () => RunRecord;
  /** Keeps what stages hand over. */
  readonly store: Store;
  /** Writes how the run ended. */
  readonly end: (ending: Ending) => void;
}

/**
 * Starts a run in a new folder.
 *
 * @param path A folder that does not exist or is empty.
 * @param start What the run is made with.
 * @param host The process around it.
 * @returns The run.
 * @throws {Deno.errors.AlreadyExists} If the folder holds anything.
 */
export function createRun(
  path: string,
  start: RunStart,
  host: FolderHost,
): RunFolder {
  Deno.mkdirSync(path, { recursive: true });
  expectEmpty(path);
  const lock = lockFolder(path);
  return open(path, newRecord(start), { ...host, lock, keep: 0 });
}

/**
 * Goes on with a run that was killed, was interrupted or failed.
 *
 * @param path The run's folder.
 * @param wanted What must be as it was.
 * @param host The process around it.
 * @returns The run.
 * @throws {Deno.errors.Busy} If another process uses the folder.
 * @throws {RangeError} If the settings differ, or the run is finished.
 */
export async function resumeRun(
  path: string,
  wanted: Wanted,
  host: FolderHost,
): Promise<RunFolder> {
  await readRecord(path); // before the lock, which would leave a file in any folder
  const lock = lockFolder(path);
  try {
    const record = await readRecord(path);
    if (record.status === "finished") {
      throw new RangeError(
        `Expected a run to go on with but ${path} is finished`,
      );
    }
    expectSameRun(record, wanted);
    warnOfOtherVersions(record, newRecord(record), host.warn);
    const keep = await furthestPosition(`${path}/checkpoints`);
    return open(path, record, { ...host, lock, keep });
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
}

interface Opening extends FolderHost {
  readonly lock: Disposable;
  readonly keep: number;
}

function open(
  path: string,
  before: RunRecord,
  { lock, keep, checkpointMinutes, warn }: Opening,
): RunFolder {
  using opened = new DisposableStack();
  opened.use(lock);
  const metrics = opened.use(openMetricsFile(`${path}/metrics.jsonl`, keep));
  const began = performance.now();
  const { leftOut: _ofAnEarlierProcess, ...facts } = before.facts;
  let record: RunRecord = { ...before, facts };
  const write = (changes: Partial<RunRecord>) => {
    const seconds = before.seconds + (performance.now() - began) / 1000;
    const peakMemoryBytes = Math.max(before.peakMemoryBytes, peakMemory());
    record = { ...record, seconds, peakMemoryBytes, ...changes };
    writeRecord(path, record);
  };
  write({ status: "running", error: null, trace: null, endedAt: null });
  const checkpoints = checkpointFiles(`${path}/checkpoints`, {
    everyMinutes: checkpointMinutes,
    position: () => (metrics.sync(), metrics.position()),
    goTo: metrics.goTo,
    warn,
  });
  const kept = opened.move();
  return {
    path,
    record: () => record,
    store: {
      metrics,
      checkpoints: {
        ...checkpoints,
        async save(stage, checkpoint) {
          await checkpoints.save(stage, checkpoint);
          write({});
        },
      },
      artifacts: artifactFiles(path),
      describe(facts) {
        expectSameData(before.facts, facts);
        write({ facts: { ...record.facts, ...facts } });
      },
      summarize: (summary) => writeSummary(path, summaryFile(record, summary)),
    },
    end(ending) {
      const { status } = ending;
      if (status === "finished") {
        metrics.finish();
        metrics.sync();
        if (ending.summary) {
          writeSummary(path, summaryFile(record, ending.summary));
        }
      }
      const error = status === "failed" ? messageOf(ending.error) : null;
      const trace = status === "failed" ? Deno.inspect(ending.error) : null;
      write({ status, error, trace, endedAt: new Date().toISOString() });
    },
    [Symbol.dispose]: () => kept.dispose(),
  };
}

function expectEmpty(path: string): void {
  const [first] = Deno.readDirSync(path);
  if (first === undefined) return;
  throw new Deno.errors.AlreadyExists(
    `Expected ${path} to be new or empty but found "${first.name}"`,
  );
}

function warnOfOtherVersions(
  before: RunRecord,
  now: RunRecord,
  warn: (text: string) => void,
): void {
  const was = { ...before.versions, commit: before.git?.commit ?? "none" };
  const is = { ...now.versions, commit: now.git?.commit ?? "none" };
  for (const [name, version] of Object.entries(is)) {
    const old = (was as Readonly<Record<string, string>>)[name] ?? "none"; // by other names, perhaps
    if (old === version) continue;
    warn(`The run began with ${name} ${old} and goes on with ${version}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
