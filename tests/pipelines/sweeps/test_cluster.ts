import { fromFileUrl } from "@std/path";

const pathOf = (file: string) => fromFileUrl(new URL(file, import.meta.url));

/** Runs a script in bash; undefined where it fails. */
export async function bash(script: string): Promise<string | undefined> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "--no-check", "--no-prompt", "--allow-run=bash"],
      ...[pathOf("run_bash.ts"), script],
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).output();
  return success ? new TextDecoder().decode(stdout).trim() : undefined;
}

/** The folder of the cluster that `scripts/slurm/start.sh` has started; undefined where there is none. */
export const cluster: string | undefined = await bash(`
  scontrol show config | grep -q 'ClusterName *= lowerbound-test$' || exit 1
  [ "$(sinfo --noheader -N -t idle,alloc,mix -o %N | wc -l)" = 3 ] || exit 1
  dirname "$SLURM_CONF"
`);

/** Why tests are skipped, as a part of their names. */
export const skipped: string = cluster === undefined
  ? " (skipped: no test cluster of Slurm; scripts/slurm/start.sh starts one)"
  : "";

/** The number of a sweep's array, from what its submission printed. */
export function arrayIn(stdout: string): string {
  const [, job = ""] = /^Array job (\d+) runs/.exec(stdout) ?? [];
  return job;
}

/** Where an element of an array runs; empty while it waits. */
export async function nodeOf(job: string, element: number): Promise<string> {
  return await bash(
    `squeue --noheader --array --jobs ${job} --format '%K %N' | sed -n 's/^${element} //p'`,
  ) ?? "";
}

/** Gives Slurm time to finish with the past of a node: it waits two minutes by itself. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 6000));
}

/** Lets an element begin that waits because it was queued again: Slurm lets two minutes pass. */
export async function beginNow(job: string, element: number): Promise<void> {
  await bash(`scontrol update JobId=${job}_${element} StartTime=now`);
}

/** Takes a node away with all that runs on it. */
export async function loseNode(node: string): Promise<void> {
  await bash(`bash ${pathOf("lose_node.sh")} ${cluster} ${node}`);
}

/** Brings a lost node back. */
export async function bringBack(node: string): Promise<void> {
  await bash(`slurmd -f "$SLURM_CONF" -N ${node}`);
}

/** What Slurm and the script have said of an element. */
export function scheduleOf(sweep: string, element: number): string {
  try {
    return Deno.readTextFileSync(`${sweep}/logs/slurm-${element}.log`);
  } catch {
    return "";
  }
}
