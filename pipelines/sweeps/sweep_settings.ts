/**
 * The flags of a sweep, beside those of its task.
 * @module
 */
import { commonFlags, commonFlagsOf } from "../core/task/common_flags.ts";
import { count, list, oneOf, real, text, toggle } from "../core/task/fields.ts";
import { type Flags, only } from "../core/task/flags.ts";
import type { Task } from "../core/task/task.ts";
import type { CaseFields } from "./sweep_plan.ts";

/** What a sweep can be told. */
export interface SweepSettings {
  /** The sweep's folder; empty for a new one. */
  readonly sweep: string;
  /** Where the cases run. */
  readonly launcher: "local" | "slurm";
  /** The most cases at a time; 0 for one here, and for as many as Slurm starts. */
  readonly parallel: number;
  /** Minutes that a process of a case may take; 0 for no limit of the sweep's own. */
  readonly time: number;
  /** CPU threads of each case. */
  readonly threads: number;
  /** Runs failed cases again. */
  readonly retry: boolean;
  /** Ends the sweep with its first failure. */
  readonly failFast: boolean;
  /** Shows the cases and starts none. */
  readonly dryRun: boolean;
  /** Writes the results of what is finished, and starts nothing. */
  readonly results: boolean;
  /** Numbers of the runs to compare; none for those with an expected band. */
  readonly compare: readonly string[];
  /** Shows the flags. */
  readonly help: boolean;
}

/** A field for each setting of a sweep. */
export const sweepSettings: Flags<SweepSettings> = {
  sweep: text("", "the sweep's folder; a new one under runs/ unless given", {
    form: "FOLDER",
  }),
  launcher: oneOf(["local", "slurm"], "where the cases run"),
  parallel: count(
    0,
    "the most cases at a time; 0: one here, as many as Slurm starts there",
    { min: 0 },
  ),
  time: real(
    0,
    "minutes until a case is kept and stopped, with Slurm also requeued; 0: no limit",
    { min: 0 },
  ),
  threads: commonFlags.threads,
  retry: toggle("run failed cases again"),
  failFast: toggle("stop all cases at the first failure"),
  dryRun: toggle("show the cases and how they stand, and start nothing"),
  results: toggle("write table and figure of what is finished, start nothing"),
  compare: list(
    [],
    text("", "numbers in table and figure; those with a band unless given", {
      form: "NAME",
    }),
  ),
  help: toggle("show this text"),
};

/**
 * Lists the settings that the cases of a sweep may differ in.
 *
 * @param task The task.
 * @returns A field for each: the task's own, data and device where it has use for them, and the seed as the last.
 */
export function caseFieldsOf(task: Task): CaseFields {
  const own = Object.entries(task.flags)
    .filter(([name]) => !(name in sweepSettings));
  const offered = commonFlagsOf(task);
  const shared = Object.entries(only(
    commonFlags,
    ...["data", "dataLimit", "device", "smoke", "checkpointMinutes"] as const,
    "seed",
  )).filter(([name]) => name in offered);
  return Object.fromEntries([...own, ...shared]);
}
