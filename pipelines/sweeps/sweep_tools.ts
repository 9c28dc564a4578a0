/**
 * What a sweep gets from the program around it.
 * @module
 */
import type { Task } from "../core/task/task.ts";
import type { SweepResults } from "./sweep_results.ts";

/** The program around a sweep. */
export interface SweepTools {
  /** Finds the task of that name. */
  readonly load: (name: string) => Promise<Task>;
  /** Finds the file of a task, which Deno runs for each case. */
  readonly fileOf: (name: string) => string;
  /** The file of this program, which writes the results once Slurm has run all cases. */
  readonly program: string;
  /** Flags for `deno run` before a file: the permissions of a task but for writing, and the configuration. */
  readonly runFlags: readonly string[];
  /** Makes the sweep's `report.html`; there is none unless given. */
  readonly report?: (results: SweepResults) => string | Promise<string>;
}
