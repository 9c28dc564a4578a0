/**
 * The command `sweep`: one run for each combination of settings, and a comparison of them.
 * @module
 */
import { absolutePath, makeFolder } from "../core/process/surroundings.ts";
import { lockFolder } from "../core/run/disk/folder_lock.ts";
import { newFolder } from "../core/run/new_record.ts";
import { print, printAside } from "../core/run/terminal.ts";
import { exitAfter } from "../core/task/exit_after.ts";
import { listenForInterruption, TIMED_OUT } from "../core/task/interruption.ts";
import type { Task } from "../core/task/task.ts";
import { UsageError } from "../core/task/usage_error.ts";
import { whereGranted } from "../core/task/where_granted.ts";
import { programsOf } from "./case_program.ts";
import {
  type CaseState,
  casesToRun,
  countsOf,
  statesOf,
} from "./case_state.ts";
import { helpText } from "./help_text.ts";
import { launchLocally } from "./launch_locally.ts";
import { launchOnSlurm } from "./launch_on_slurm.ts";
import { planOf, readSweepLine, type SweepLine } from "./read_sweep_line.ts";
import { LEAST_MINUTES, queuedCases } from "./slurm.ts";
import { expectSamePlan, readPlan, writePlan } from "./sweep_file.ts";
import { caseFieldsOf, type SweepSettings } from "./sweep_settings.ts";
import type { SweepPlan } from "./sweep_plan.ts";
import { readResults } from "./sweep_results.ts";
import type { SweepTools } from "./sweep_tools.ts";
import { writeResults } from "./write_results.ts";

/**
 * Runs the command `sweep TASK` or `sweep --sweep FOLDER`, and ends the process.
 *
 * Exit codes: 0 where all cases are finished, or were handed to Slurm; 1 after a failure, 2 for wrong usage, 124 where
 * cases were stopped by `--time`, 130 for Ctrl-C, 143 for SIGTERM.
 *
 * @param tools The program around the sweep.
 * @param args The arguments, as in `Deno.args`.
 * @returns Never.
 */
export async function sweep(
  tools: SweepTools,
  args: readonly string[],
): Promise<never> {
  return await exitAfter("sweep", () => start(tools, args));
}

/** A sweep, ready to go on. */
interface Sweep {
  readonly tools: SweepTools;
  readonly task: Task;
  readonly own: SweepSettings;
  /** An absolute path. */
  readonly folder: string;
  readonly plan: SweepPlan;
}

async function start(
  tools: SweepTools,
  args: readonly string[],
): Promise<number> {
  const [first = "--help", ...rest] = args;
  const name = first.startsWith("-") ? undefined : first;
  if (
    name === undefined && args.some((arg) => arg === "--help") ||
    args.length === 0
  ) {
    print(helpText());
    return 0;
  }
  const named = name === undefined ? undefined : await tools.load(name);
  const line = readSweepLine(named, named === undefined ? args : rest);
  if (line.own.help) {
    print(helpText());
    return 0;
  }
  expectPossible(line.own, named);
  const given = line.own.sweep || newFolder(`sweep-${name}`);
  const folder = absolutePath(given);
  expectPlainName(folder);
  const before = await readPlan(folder);
  const plan = planToFollow(folder, before, named, line);
  const task = named ?? await tools.load(plan.task);
  const one: Sweep = { tools, task, own: line.own, folder, plan };
  if (line.own.dryRun) return await showCases(one);
  whereGranted(folder, ["sweep", ...args], () => makeFolder(`${folder}/logs`));
  if (line.own.results) return await leaveResults(one);
  using _lock = lockFolder(folder);
  if (before === undefined) writePlan(folder, plan);
  return await launch(one);
}

function expectPossible(
  { sweep, launcher, time }: SweepSettings,
  task: Task | undefined,
): void {
  if (task === undefined && sweep === "") {
    throw new UsageError("Expected a task first, or --sweep");
  }
  if (launcher === "slurm" && time > 0 && time < LEAST_MINUTES) {
    throw new UsageError(
      `Expected --time of at least ${LEAST_MINUTES} minutes with Slurm but found ${time}`,
    );
  }
}

/** Refuses what separates folders in a list of permissions, or stands for something in Slurm's file names. */
function expectPlainName(folder: string): void {
  if (!/[,%\n\\]/.test(folder)) return;
  throw new UsageError(
    `Expected --sweep without comma, percent sign and backslash but found ${folder}`,
  );
}

function planToFollow(
  folder: string,
  before: SweepPlan | undefined,
  task: Task | undefined,
  line: SweepLine,
): SweepPlan {
  if (before === undefined) {
    if (task !== undefined) return planOf(task, line);
    throw new RangeError(
      `Expected a sweep in ${folder} to go on with but found no sweep.json`,
    );
  }
  const isBare = Object.keys(line.alternatives).length === 0;
  const threads = line.hasThreads ? line.own.threads : before.threads;
  const asked = task === undefined || isBare
    ? { ...before, task: task?.name ?? before.task, threads }
    : { ...planOf(task, line), threads };
  expectSamePlan(folder, before, asked);
  return before;
}

async function statesNow(
  { own, folder, plan }: Sweep,
): Promise<readonly CaseState[]> {
  const queued = own.launcher === "slurm"
    ? await queuedCases(folder)
    : undefined;
  return await statesOf(folder, plan, queued);
}

async function showCases(one: Sweep): Promise<number> {
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

async function leaveResults(
  { tools, task, own, folder, plan }: Sweep,
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

async function launch(one: Sweep): Promise<number> {
  const { tools, task, own, folder, plan } = one;
  const states = await statesNow(one);
  const todo = casesToRun(states, own);
  printAside(
    `${states.length} cases: ${
      countsOf(states)
    }; ${todo.length} to run in ${folder}`,
  );
  const programs = programsOf(tools, caseFieldsOf(task), folder, plan);
  const common = {
    folder,
    programs,
    parallel: own.parallel,
    minutes: own.time,
    failFast: own.failFast,
  };
  if (own.launcher === "slurm") {
    if (todo.length > 0) {
      const { array, results } = await launchOnSlurm(todo, {
        ...common,
        threads: plan.threads,
        compare: own.compare,
      });
      print(
        `Array job ${array} runs ${todo.length} cases, job ${results} then writes ${folder}/results.txt`,
      );
      return 0;
    }
    return await leaveResults(one);
  }
  using interruption = listenForInterruption(
    (reason) => printAside(`${reason}: each case keeps a checkpoint and stops`),
    0,
  );
  const { signal } = interruption;
  const end = await launchLocally(todo, {
    ...common,
    parallel: own.parallel || 1,
    signal,
    tell: printAside,
  });
  await leaveResults(one);
  if (signal.aborted) return interruption.exitCode();
  if (end.failed > 0) return 1;
  if (end.timedOut > 0) return TIMED_OUT;
  const isUndone = states.some(({ status }) => status === "failed") &&
    !own.retry;
  return isUndone ? 1 : 0;
}
