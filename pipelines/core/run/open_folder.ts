/**
 * A run's folder while a process works in it.
 * @module
 */
import fs from "node:fs";
import { inspect } from "node:util";
import type { Checkpoint, Checkpoints } from "../context.ts";
import { artifactFiles } from "./artifact_files.ts";
import { removeIfThere } from "./disk/atomic_file.ts";
import {
  checkpointFiles,
  hasCheckpoint,
} from "./checkpoints/checkpoint_files.ts";
import { type Mark, openMetricsFile } from "./metrics/metrics_file.ts";
import { peakMemory } from "./peak_memory.ts";
import type { StageClock } from "./progress/stage_clock.ts";
import { LostPlaceError, type Place } from "./disk/place.ts";
import { rescue } from "./rescue.ts";
import { type RunRecord, writeRecord } from "./run_record.ts";
import { expectSameData, makingOf } from "./same_run.ts";
import type { Store } from "./store.ts";
import { type Summary, summaryFile, writeSummary } from "./summary.ts";
import { versions } from "./versions.ts";

/** What a run's folder needs to know of the process. */
export interface FolderHost {
  /** Minutes between checkpoints, beside those at each validation. */
  readonly checkpointMinutes: number;
  /** Is told what should not be missed. */
  readonly warn: (text: string) => void;
  /** Facts of a run that this one repeats: its data must have the same checksums. */
  readonly expected?: RunRecord["facts"];
}

/** How a run ended. */
export type Ending =
  | { readonly status: "finished"; readonly summary?: Summary }
  | { readonly status: "failed"; readonly error: unknown }
  | { readonly status: "interrupted" };

/** The folder of a run that goes on; disposing it leaves the run as if killed. */
export interface RunFolder extends Disposable {
  /** The folder; another one once it was lost. */
  readonly path: string;
  /** The run's record as it is now. */
  readonly record: () => RunRecord;
  /** Keeps what stages hand over. */
  readonly store: Store;
  /** Writes how the run ended. */
  readonly end: (ending: Ending) => void;
  /** Follows a clock of stages: from now on the fact `stageSeconds` says, at each writing of the record, what it says. */
  readonly followClock: (seconds: StageClock["seconds"]) => void;
  /** Whether there is something to go on from. */
  readonly hasCheckpoint: () => boolean;
  /** Removes a new run that has nothing worth keeping, at most an untrained model; tells whether it was such a run. */
  readonly discard: () => boolean;
}

/** What it takes to work in a folder. */
export interface Opening extends FolderHost {
  /** Keeps other processes out. */
  readonly lock: Disposable;
  /** What stays of the measurements of an earlier process. */
  readonly keep: Mark;
  /** What may be removed where nothing comes of the run: of one that goes on, nothing. */
  readonly mayVanish: "folder" | "files" | "nothing";
}

/**
 * Opens a run's folder.
 *
 * Where the folder or its measurements are lost on the way, what is in memory goes to a new folder, and the run fails.
 *
 * @param first The folder.
 * @param before The run's record so far.
 * @param opening What else it takes.
 * @returns The run.
 */
export function openFolder(
  first: Place,
  before: RunRecord,
  opening: Opening,
): RunFolder {
  const { lock, keep, mayVanish, checkpointMinutes, warn, expected } = opening;
  using opened = new DisposableStack();
  opened.use(lock);
  const metrics = opened.use(openMetricsFile(first.at("metrics.jsonl"), keep));
  const began = performance.now();
  const { leftOut: _ofAnEarlierProcess, ...earlierFacts } = before.facts;
  let record: RunRecord = { ...before, facts: earlierFacts };
  let place = first;
  let isBare = mayVanish !== "nothing";
  let stageSeconds: StageClock["seconds"] | undefined;
  const write = (changes: Partial<RunRecord>) => {
    const passed = Math.max(0, performance.now() - began); // clocks step back
    const seconds = before.seconds + passed / 1000;
    const peakMemoryBytes = Math.max(before.peakMemoryBytes, peakMemory());
    const facts = {
      ...changes.facts ?? record.facts,
      ...stageSeconds && { stageSeconds: stageSeconds() },
    };
    record = { ...record, seconds, peakMemoryBytes, ...changes, facts };
    place.expectThere();
    writeRecord(place.path, record);
  };
  const computing = versions();
  const checkpointsIn = (place: Place): Checkpoints =>
    checkpointFiles(place, {
      everyMinutes: checkpointMinutes,
      mark: () => (metrics.sync(), metrics.mark()),
      making: () => makingOf(record, computing),
      goTo: metrics.goTo,
      warn,
    });
  const artifacts = artifactFiles(first);
  const rescued = (error: LostPlaceError): LostPlaceError => {
    if (place !== first) return error; // rescued before
    place = rescue(first.path, record.task, metrics.content());
    const where = `what was measured so far is kept in ${place.path}`;
    warn(`${error.message}; ${where}`);
    return new LostPlaceError(`${error.message}; ${where}`, { cause: error });
  };
  const expectThere = () => {
    if (place !== first) return;
    first.expectThere();
    metrics.expectThere();
  };
  const save = async (path: readonly string[], checkpoint: Checkpoint) => {
    if (checkpoint.step > 0) isBare = false;
    try {
      expectThere();
      await checkpointsIn(place).save(path, checkpoint);
      write({});
    } catch (error) {
      if (!(error instanceof LostPlaceError)) throw error;
      const told = rescued(error);
      await checkpointsIn(place).save(path, checkpoint);
      throw told;
    }
  };
  let summary: Summary | undefined;
  const summarize = (numbers: Summary) => {
    isBare = false;
    summary = numbers;
    place.expectThere();
    writeSummary(place.path, summaryFile(record, numbers));
  };
  const store: Store = {
    metrics: {
      record(record) {
        if (record.step > 0) isBare = false;
        metrics.record(record);
      },
    },
    checkpoints: { ...checkpointsIn(first), save },
    artifacts: {
      file: (path, content) => (isBare = false, artifacts.file(path, content)),
      figure: (figure) => (isBare = false, artifacts.figure(figure)),
    },
    describe(facts) {
      expectSameData({ ...expected, ...before.facts }, facts);
      write({ facts: { ...record.facts, ...facts } });
    },
    summarize,
  };
  const end = (ending: Ending) => {
    const { status } = ending;
    if (status === "finished") metrics.finish();
    let lost: LostPlaceError | undefined;
    try {
      metrics.sync();
      expectThere();
    } catch (error) {
      if (!(error instanceof LostPlaceError)) throw error;
      lost = rescued(error);
    }
    if (status === "finished" && ending.summary) summarize(ending.summary);
    else if (lost && summary) summarize(summary);
    const error = lost ?? (status === "failed" ? ending.error : undefined);
    write({
      status: lost ? "failed" : status,
      error: error === undefined ? null : messageOf(error),
      trace: error === undefined ? null : inspect(error),
      endedAt: new Date().toISOString(),
    });
    if (lost && status === "finished") throw lost;
  };
  write({ status: "running", error: null, trace: null, endedAt: null });
  const kept = opened.move();
  return {
    get path() {
      return place.path;
    },
    record: () => record,
    store,
    end,
    followClock: (seconds) => void (stageSeconds = seconds),
    hasCheckpoint: () => hasCheckpoint(place.path),
    discard() {
      if (!isBare || place !== first) return false;
      kept.dispose();
      discardFiles(place.path);
      if (mayVanish === "folder") removeIfEmpty(place.path);
      return true;
    },
    [Symbol.dispose]: () => kept.dispose(),
  };
}

/** Removes what every run writes. */
function discardFiles(path: string): void {
  for (const name of ["run.json", "metrics.jsonl", ".lock"]) {
    removeIfThere(`${path}/${name}`);
  }
  fs.rmSync(`${path}/checkpoints`, { recursive: true, force: true });
}

function removeIfEmpty(path: string): void {
  if (fs.readdirSync(path).length === 0) fs.rmdirSync(path);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
