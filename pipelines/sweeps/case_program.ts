/**
 * The programs of a sweep: one for each case, and one that writes the results.
 * @module
 */
import { cacheFolder } from "../core/data/cache.ts";
import type { Program } from "../core/process/programs.ts";
import { runtimePath } from "../core/process/surroundings.ts";
import type { Task } from "../core/task/task.ts";
import { flagsOf, type SweepCase, type SweepPlan } from "./sweep_plan.ts";
import { caseFieldsOf } from "./sweep_settings.ts";
import type { SweepTools } from "./sweep_tools.ts";

/** What the programs of one sweep share. */
export interface SweepPrograms {
  /** The program of any case up to its own flags. */
  readonly common: Program;
  /** The flags of a case, without its folder. */
  readonly flagsOf: (one: SweepCase) => readonly string[];
  /** The program that writes the results. */
  readonly results: Program;
}

/**
 * Describes the programs of a sweep.
 *
 * @param tools The program around the sweep.
 * @param task What the cases run.
 * @param folder The sweep's folder, an absolute path without comma.
 * @param plan What the sweep consists of.
 * @returns The programs, each with the permissions of a task, and to write into the sweep's folder and the cache.
 */
export function programsOf(
  tools: SweepTools,
  task: Task,
  folder: string,
  plan: SweepPlan,
): SweepPrograms {
  const run = [
    "run",
    ...tools.runFlags,
    `--allow-write=${[folder, ...cacheFolders()].join(",")}`,
  ];
  const command = runtimePath();
  return {
    common: { command, args: [...run, tools.fileOf(plan.task)] },
    flagsOf: ({ settings }) => [
      ...flagsOf(caseFieldsOf(task), settings),
      ...task.ignores.includes("threads") ? [] : [`--threads=${plan.threads}`],
    ],
    results: {
      command,
      args: [...run, tools.program, `--sweep=${folder}`, "--results"],
    },
  };
}

/** The cache folder, where there is one whose name has no comma, which separates folders. */
function cacheFolders(): readonly string[] {
  try {
    return [cacheFolder()].filter((folder) => !folder.includes(","));
  } catch {
    return []; // a task finds its data without
  }
}

/** The flag that begins a case, or goes on with it. */
export function placeFlag(run: string, isBegun: boolean): string {
  return `${isBegun ? "--resume" : "--out"}=${run}`;
}

/** The file of what a case has said. */
export function logPath(folder: string, { name }: SweepCase): string {
  return `${folder}/logs/${name}.log`;
}
