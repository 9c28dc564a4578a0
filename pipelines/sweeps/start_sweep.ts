/**
 * From the command line of a sweep to its cases.
 * @module
 */
import { absolutePath, makeFolder } from "../core/process/surroundings.ts";
import { lockFolder } from "../core/run/disk/folder_lock.ts";
import { newFolder } from "../core/run/new_record.ts";
import { printHelp } from "../core/task/print_help.ts";
import type { Task } from "../core/task/task.ts";
import { UsageError } from "../core/task/usage_error.ts";
import { whereGranted } from "../core/task/where_granted.ts";
import { helpText } from "./help_text.ts";
import {
  launchSweep,
  leaveResults,
  type ReadySweep,
  showCases,
} from "./launch_sweep.ts";
import { planOf, readSweepLine, type SweepLine } from "./read_sweep_line.ts";
import { LEAST_MINUTES } from "./slurm.ts";
import { expectSamePlan, readPlan, writePlan } from "./sweep_file.ts";
import type { SweepSettings } from "./sweep_settings.ts";
import type { SweepPlan } from "./sweep_plan.ts";
import type { SweepTools } from "./sweep_tools.ts";

/**
 * Does what a command line of `sweep` says.
 *
 * @param tools The program around the sweep.
 * @param args The arguments, as in `Deno.args`.
 * @returns The exit code.
 * @throws {UsageError} If the command line cannot be meant.
 * @throws {RangeError} If the folder holds another sweep.
 */
export async function startSweep(
  tools: SweepTools,
  args: readonly string[],
): Promise<number> {
  const [first = "--help", ...rest] = args;
  const name = first.startsWith("-") ? undefined : first;
  if (
    name === undefined && args.some((arg) => arg === "--help") ||
    args.length === 0
  ) {
    printHelp(helpText());
    return 0;
  }
  const named = name === undefined ? undefined : await tools.load(name);
  const line = readSweepLine(named, named === undefined ? args : rest);
  if (line.own.help) {
    printHelp(helpText());
    return 0;
  }
  expectPossible(line.own, named);
  const given = line.own.sweep || newFolder(`sweep-${name}`);
  const folder = absolutePath(given);
  expectPlainName(folder);
  const before = await readPlan(folder);
  const plan = planToFollow(folder, before, named, line);
  const task = named ?? await tools.load(plan.task);
  const one: ReadySweep = { tools, task, own: line.own, folder, plan };
  if (line.own.dryRun) return await showCases(one);
  await whereGranted(
    folder,
    ["sweep", ...args],
    () => makeFolder(`${folder}/logs`),
  );
  if (line.own.results) return await leaveResults(one);
  using _lock = lockFolder(folder);
  if (before === undefined) writePlan(folder, plan);
  return await launchSweep(one);
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
