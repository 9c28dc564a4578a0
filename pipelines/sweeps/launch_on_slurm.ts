/**
 * Hands the cases of a sweep to Slurm.
 * @module
 */
import { writeAtomically } from "../core/run/disk/atomic_file.ts";
import type { CaseState } from "./case_state.ts";
import type { SweepPrograms } from "./case_program.ts";
import { submit, type Submitted } from "./slurm.ts";
import { slurmScript } from "./slurm_script.ts";

/** How to run cases with Slurm. */
export interface SlurmLaunch {
  /** The sweep's folder, an absolute path that all nodes see. */
  readonly folder: string;
  /** The programs of the cases. */
  readonly programs: SweepPrograms;
  /** The most at a time; 0 for no limit. */
  readonly parallel: number;
  /** Minutes until a case is kept and queued again; 0 for the limit of the partition. */
  readonly minutes: number;
  /** CPUs of each case. */
  readonly threads: number;
  /** Whether the first failure cancels the others. */
  readonly failFast: boolean;
  /** Numbers to compare in the end. */
  readonly compare: readonly string[];
}

/**
 * Submits the cases as one array, and a job that writes the results; then this program is no longer needed.
 *
 * @param cases The cases to begin, or to go on with.
 * @param launch How to run them.
 * @returns The numbers of both jobs.
 * @throws {Error} If Slurm does not take them.
 */
export async function launchOnSlurm(
  cases: readonly CaseState[],
  launch: SlurmLaunch,
): Promise<Submitted> {
  const { folder, programs, parallel, minutes, threads, failFast, compare } =
    launch;
  const script = `${folder}/job.sh`;
  writeAtomically(
    script,
    slurmScript({
      folder,
      program: programs.common,
      cases: cases.map(({ index, case: one }) => ({
        index,
        name: one.name,
        flags: programs.flagsOf(one),
      })),
      failFast,
    }),
  );
  const { command, args } = programs.results;
  const chosen = compare.length > 0 ? [`--compare=${compare.join(",")}`] : [];
  return await submit({
    folder,
    script,
    indexes: cases.map(({ index }) => index),
    parallel,
    minutes,
    threads,
    results: { command, args: [...args, ...chosen] },
  });
}
