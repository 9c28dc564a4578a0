/**
 * What a sweep asks of Slurm: which cases its queue holds, and to run more of them.
 * @module
 */
import { outputOf, type Program } from "../core/process/programs.ts";
import { quote } from "../core/process/quote.ts";
import { isMissing } from "../core/missing.ts";

/** Seconds before its time limit at which a case keeps a checkpoint; Slurm may tell it a minute earlier. */
export const NOTICE_SECONDS = 90;

/** The least minutes of a case under Slurm: the notice may come 150 s before the end. */
export const LEAST_MINUTES = 4;

/**
 * Asks which cases of a sweep wait or run.
 *
 * @param folder The sweep's folder, which its jobs carry as their comment.
 * @returns The places of the cases.
 * @throws {Error} If Slurm does not answer.
 */
export async function queuedCases(
  folder: string,
): Promise<ReadonlySet<number>> {
  const args = ["--me", "--noheader", "--array", "--format=%K %k"];
  const text = await ask({ command: "squeue", args });
  const found = text.split("\n").flatMap((line) => {
    const [, index, comment] = /^(\d+) (.*?)\s*$/.exec(line) ?? [];
    return comment === folder ? [Number(index)] : [];
  });
  return new Set(found);
}

/** What to submit. */
export interface Submission {
  /** The sweep's folder, an absolute path. */
  readonly folder: string;
  /** The batch script. */
  readonly script: string;
  /** The elements of the array, which are the places of the cases. */
  readonly indexes: readonly number[];
  /** The most elements at a time; 0 for no limit. */
  readonly parallel: number;
  /** Minutes of each element; 0 for the limit of the partition. */
  readonly minutes: number;
  /** CPUs of each element. */
  readonly threads: number;
  /** The program that writes the results once all elements have ended. */
  readonly results: Program;
}

/** The numbers of two jobs. */
export interface Submitted {
  /** The array of cases. */
  readonly array: string;
  /** The job that writes the results. */
  readonly results: string;
}

/**
 * Submits one array, and a job that waits for all of it.
 *
 * @param submission What to submit.
 * @returns The numbers of the jobs.
 * @throws {Error} If Slurm refuses.
 */
export async function submit(submission: Submission): Promise<Submitted> {
  const { folder, script, indexes, parallel, minutes, threads, results } =
    submission;
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  const most = parallel > 0 ? `%${parallel}` : "";
  const array = await submitJob([
    `--array=${indexes.join(",")}${most}`,
    `--job-name=${name}`,
    `--comment=${folder}`,
    "--requeue", // after a lost node
    "--open-mode=append",
    `--signal=B:USR1@${NOTICE_SECONDS}`, // to the script alone
    "--ntasks=1",
    `--cpus-per-task=${threads}`,
    ...minutes > 0 ? [`--time=${Math.ceil(minutes)}`] : [],
    `--output=${folder}/logs/slurm-%a.log`,
    script,
  ]);
  const job = await submitJob([
    `--dependency=afterany:${array}`,
    `--job-name=${name}-results`,
    "--ntasks=1",
    "--time=10",
    `--output=${folder}/logs/results.log`,
    `--wrap=${[results.command, ...results.args].map(quote).join(" ")}`,
  ]);
  return { array, results: job };
}

async function submitJob(args: readonly string[]): Promise<string> {
  const text = await ask({ command: "sbatch", args: ["--parsable", ...args] });
  const [, job] = /^(\d+)/m.exec(text) ?? []; // a name of the cluster may follow
  if (job !== undefined) return job;
  throw new Error(
    `Expected the number of a job from sbatch but found "${text}"`,
  );
}

async function ask(program: Program): Promise<string> {
  try {
    const { code, stdout, stderr } = await outputOf(program);
    if (code === 0) return stdout;
    throw new Error(`${program.command} failed: ${stderr.trim()}`);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new Error(
      `Expected Slurm on this machine but found no ${program.command}`,
    );
  }
}
