/**
 * How the cases of a sweep stand, as their folders say.
 * @module
 */
import { tryLock } from "../core/run/disk/folder_lock.ts";
import { statOf } from "../core/run/disk/place.ts";
import {
  readRecord,
  recordPath,
  type RunRecord,
  type RunStatus,
} from "../core/run/run_record.ts";
import { expectSameRun } from "../core/run/same_run.ts";
import type { SweepCase, SweepPlan } from "./sweep_plan.ts";

/** How a case stands; `running` is one whose process still runs, or that waits in a queue. */
export type CaseStatus = RunStatus | "missing" | "queued";

/** A case as its folder says. */
export interface CaseState {
  /** The number of the case, from 0. */
  readonly index: number;
  /** The case. */
  readonly case: SweepCase;
  /** How it stands. */
  readonly status: CaseStatus;
  /** The record of its run; undefined where it is missing. */
  readonly record: RunRecord | undefined;
}

/**
 * Looks at each case of a sweep.
 *
 * @param folder The sweep's folder.
 * @param plan What it consists of.
 * @param queued Places of the cases that a queue holds.
 * @returns How each stands, in order.
 * @throws {RangeError} If a folder holds the run of another task, or one with other settings.
 */
export async function statesOf(
  folder: string,
  plan: SweepPlan,
  queued: ReadonlySet<number> = new Set(),
): Promise<readonly CaseState[]> {
  return await Promise.all(plan.cases.map(async (one, index) => {
    const run = `${folder}/${one.name}`;
    const record = await recordOf(run, plan, one);
    const status = queued.has(index)
      ? queuedStatus(record)
      : statusOf(run, record);
    return { index, case: one, status, record };
  }));
}

function queuedStatus(record: RunRecord | undefined): CaseStatus {
  const status = record?.status;
  return status === "running" || status === "finished" ? status : "queued";
}

function statusOf(run: string, record: RunRecord | undefined): CaseStatus {
  if (record === undefined) return "missing";
  if (record.status !== "running") return record.status;
  return isInUse(run) ? "running" : "interrupted"; // its process was killed
}

function isInUse(run: string): boolean {
  const path = `${run}/.lock`;
  if (statOf(path) === undefined) return false;
  using lock = tryLock(path);
  return lock === undefined;
}

async function recordOf(
  run: string,
  { task, threads }: SweepPlan,
  { settings }: SweepCase,
): Promise<RunRecord | undefined> {
  if (statOf(recordPath(run)) === undefined) return undefined;
  const record = await readRecord(run);
  const {
    seed,
    device,
    smoke: _smoke,
    dataLimit: _limit,
    checkpointMinutes: _minutes,
    ...config
  } = settings;
  try {
    expectSameRun(record, {
      task,
      config,
      threads,
      seed: seed as number | undefined, // parsed by its field
      device: device === "auto" ? undefined : device as string | undefined, // likewise
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`Cannot use ${run}: ${error.message}`);
  }
  return record;
}

/**
 * Tells which cases are to begin, or to go on.
 *
 * @param states How the cases stand.
 * @param options Whether failed cases are tried again.
 * @returns Those that are missing or interrupted, and perhaps those that failed.
 */
export function casesToRun(
  states: readonly CaseState[],
  { retry }: { readonly retry: boolean },
): readonly CaseState[] {
  return states.filter(({ status }) =>
    status === "missing" || status === "interrupted" ||
    retry && status === "failed"
  );
}

/** Counts the cases by how they stand, such as `2 finished, 1 missing`. */
export function countsOf(states: readonly CaseState[]): string {
  const groups = Map.groupBy(states, ({ status }) => status);
  return [...groups].map(([status, list]) => `${list.length} ${status}`)
    .join(", ");
}
