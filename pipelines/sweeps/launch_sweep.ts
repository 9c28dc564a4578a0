/**
 * What can be done with a sweep: show its cases, run them, leave their results.
 * @module
 */
import { print, printAside } from "../core/run/terminal.ts";
import { listenForInterruption, TIMED_OUT } from "../core/task/interruption.ts";
import type { Task } from "../core/task/task.ts";
import { programsOf, type SweepPrograms } from "./case_program.ts";
import {
  type CaseState,
  casesToRun,
  countsOf,
  statesOf,
} from "./case_state.ts";
import { launchLocally } from "./launch_locally.ts";
import { launchOnSlurm } from "./launch_on_slurm.ts";
import { queuedCases } from "./slurm.ts";
import type { SweepSettings } from "./sweep_settings.ts";
import type { SweepPlan } from "./sweep_plan.ts";
import { readResults } from "./sweep_results.ts";
import type { SweepTools } from "./sweep_tools.ts";
import { writeResults } from "./write_results.ts";
import { counted } from "../words/counted.ts";

/** A sweep, ready to go on. */
export interface ReadySweep {
  /** The program around it. */
  readonly tools: SweepTools;
  /** The task. */
  readonly task: Task;
  /** The sweep's own settings. */
  readonly own: SweepSettings;
  /** The sweep's folder, an absolute path. */
  readonly folder: string;
  /** What it consists of. */
  readonly plan: SweepPlan;
}

async function statesNow(
  { own, folder, plan }: ReadySweep,
): Promise<readonly CaseState[]> {
  const queued = own.launcher === "slurm"
    ? await queuedCases(folder)
    : undefined;
  return await statesOf(folder, plan, queued);
}

/** Shows the cases and how they stand; returns the exit code. */
export async function showCases(one: ReadySweep): Promise<number> {
  const states = await statesNow(one);
  const width = Math.max(...states.map(({ case: { name } }) => name.length));
  const todo = new Set(casesToRun(states, one.own));
  print([
    `${one.plan.task} in ${one.folder}: ${
      countsOf(states)
    }; ${todo.size} to run`,
    ...states.map((state) => {
      const what = state.record === undefined ? "begins" : "goes on";
      const next = todo.has(state) ? `, ${what}` : "";
      return `  ${state.case.name.padEnd(width)}  ${state.status}${next}`;
    }),
  ].join("\n"));
  return 0;
}

/** Writes and prints what is finished; returns the exit code. */
export async function leaveResults(
  { tools, task, own, folder, plan }: ReadySweep,
): Promise<number> {
  const results = await readResults(folder, plan);
  const table = await writeResults(results, {
    task,
    compare: own.compare,
    report: tools.report,
    warn: printAside,
  });
  print(`${table}\n\nFiles in ${folder}`);
  return 0;
}

/** Runs the cases that are missing or interrupted, and perhaps those that failed; returns the exit code. */
export async function launchSweep(one: ReadySweep): Promise<number> {
  const { own, folder } = one;
  const states = await statesNow(one);
  const todo = casesToRun(states, own);
  printAside(
    `${counted(states.length, "case")}: ${
      countsOf(states)
    }; ${todo.length} to run in ${folder}`,
  );
  if (own.launcher === "local") return await runHere(one, states, todo);
  if (todo.length > 0) return await handToSlurm(one, todo);
  const isOver = states.every(({ status }) =>
    status !== "running" && status !== "queued"
  );
  return isOver ? await leaveResults(one) : 0;
}

async function runHere(
  one: ReadySweep,
  states: readonly CaseState[],
  todo: readonly CaseState[],
): Promise<number> {
  const { own, folder } = one;
  using interruption = listenForInterruption(
    (reason) => printAside(`${reason}: each case keeps a checkpoint and stops`),
    0,
  );
  const { signal } = interruption;
  const { failed, timedOut } = await launchLocally(todo, {
    folder,
    programs: programs(one),
    parallel: own.parallel || 1,
    minutes: own.time,
    failFast: own.failFast,
    signal,
    tell: printAside,
  });
  await leaveResults(one);
  if (signal.aborted) return interruption.exitCode();
  const hasFailed = ({ status }: CaseState) => status === "failed";
  if (failed > 0 || !own.retry && states.some(hasFailed)) return 1;
  return timedOut > 0 ? TIMED_OUT : 0;
}

async function handToSlurm(
  one: ReadySweep,
  todo: readonly CaseState[],
): Promise<number> {
  const { own, folder, plan } = one;
  const { array, results } = await launchOnSlurm(todo, {
    folder,
    programs: programs(one),
    parallel: own.parallel,
    minutes: own.time,
    failFast: own.failFast,
    threads: plan.threads,
    compare: own.compare,
  });
  print(
    `Array job ${array} runs ${
      counted(todo.length, "case")
    }, job ${results} then writes ${folder}/results.txt`,
  );
  return 0;
}

function programs({ tools, task, folder, plan }: ReadySweep): SweepPrograms {
  return programsOf(tools, task, folder, plan);
}
