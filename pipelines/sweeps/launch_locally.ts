/**
 * Runs the cases of a sweep on this machine.
 * @module
 */
import { runLogged } from "../core/process/programs.ts";
import { TIMED_OUT } from "../core/task/interruption.ts";
import type { CaseState } from "./case_state.ts";
import { logPath, placeFlag, type SweepPrograms } from "./case_program.ts";

/** How to run cases on this machine. */
export interface LocalLaunch {
  /** The sweep's folder. */
  readonly folder: string;
  /** The programs of the cases. */
  readonly programs: SweepPrograms;
  /** The most at a time. */
  readonly parallel: number;
  /** Minutes for each case; 0 for no limit. */
  readonly minutes: number;
  /** Whether the first failure stops the others. */
  readonly failFast: boolean;
  /** Stops the cases, each with a checkpoint. */
  readonly signal: AbortSignal;
  /** Is told how each case ended. */
  readonly tell: (text: string) => void;
}

/** How a launch ended. */
export interface LocalEnd {
  /** Cases that failed. */
  readonly failed: number;
  /** Cases that their time limit has stopped. */
  readonly timedOut: number;
}

/**
 * Runs cases one after another, some at a time; each is a process of its own.
 *
 * @param cases The cases to begin, or to go on with.
 * @param launch How to run them.
 * @returns How many did not finish, and why.
 */
export async function launchLocally(
  cases: readonly CaseState[],
  launch: LocalLaunch,
): Promise<LocalEnd> {
  const { parallel, failFast, tell } = launch;
  const stopping = new AbortController();
  const signal = AbortSignal.any([launch.signal, stopping.signal]);
  const waiting = [...cases];
  let failed = 0;
  let timedOut = 0;
  const work = async () => {
    while (!signal.aborted) {
      const next = waiting.shift();
      if (next === undefined) return;
      const began = performance.now();
      const code = await runCase(next, launch, signal);
      const seconds = Math.round((performance.now() - began) / 1000);
      const isFailure = code !== 0 && code !== TIMED_OUT && !signal.aborted;
      if (isFailure) failed++;
      if (code === TIMED_OUT) timedOut++;
      const how = isFailure
        ? `failed, see ${logPath(launch.folder, next.case)}`
        : code === 0
        ? "finished"
        : "stopped";
      tell(
        `${next.case.name}: ${how} after ${seconds} s, ${waiting.length} waiting`,
      );
      if (isFailure && failFast) stopping.abort();
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return { failed, timedOut };
}

async function runCase(
  { case: one, record }: CaseState,
  { folder, programs, minutes }: LocalLaunch,
  signal: AbortSignal,
): Promise<number> {
  const { command, args } = programs.common;
  const flags = [
    ...programs.flagsOf(one),
    ...minutes > 0 ? [`--time=${minutes}`] : [],
    placeFlag(`${folder}/${one.name}`, record !== undefined),
  ];
  const program = { command, args: [...args, ...flags] };
  return await runLogged(program, logPath(folder, one), signal);
}
