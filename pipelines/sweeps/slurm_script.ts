/**
 * The batch script of a sweep: each element of an array runs one case.
 * @module
 */
import type { Program } from "../core/process/programs.ts";
import { quote } from "../core/process/quote.ts";

/** What the script needs to know of one case. */
export interface ScriptCase {
  /** The element of the array. */
  readonly index: number;
  /** The name of the case's folder. */
  readonly name: string;
  /** The flags of the case. */
  readonly flags: readonly string[];
}

/** What the script needs to know. */
export interface ScriptOptions {
  /** The sweep's folder, an absolute path. */
  readonly folder: string;
  /** The program of any case up to its own flags. */
  readonly program: Program;
  /** The cases. */
  readonly cases: readonly ScriptCase[];
  /** Whether the first failure cancels the others. */
  readonly failFast: boolean;
}

/**
 * Writes the batch script.
 *
 * Slurm sends SIGUSR1 to the shell alone before the time limit; the shell hands it on, the case keeps a checkpoint and
 * ends with code 138, and the shell asks Slurm to queue this element again. SIGTERM (of `scancel`, a requeue, a node
 * that is drained) reaches all processes of the job by itself: the shell must not send it a second time.
 *
 * @param options What it needs to know.
 * @returns The text of the script, for bash.
 */
export function slurmScript(
  { folder, program, cases, failFast }: ScriptOptions,
): string {
  return `#!/usr/bin/env bash
# Runs one case of a sweep: the one whose number is the element's.
set -uo pipefail
folder=${quote(folder)}
program=(${[program.command, ...program.args].map(quote).join(" ")})
case $SLURM_ARRAY_TASK_ID in
${cases.map(caseLine).join("\n")}
  *) echo "Expected a case of the sweep but found $SLURM_ARRAY_TASK_ID"; exit 2 ;;
esac
run=$folder/$name
self=\${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID # one element: SLURM_JOB_ID may stand for the whole array
tell() { echo "$(date -u +%FT%TZ) $self ($name): $*"; }
kept() { find "$run/checkpoints" -type f 2> /dev/null | sort | cksum; }

if [ -e "$run/run.json" ]; then place=--resume=$run; else place=--out=$run; fi
before=$(kept)
tell "start $((\${SLURM_RESTART_COUNT:-0} + 1)) on $SLURMD_NODENAME, \${place%%=*}"
told=
trap 'told=1; tell "time limit near"; kill -USR1 "$child" 2> /dev/null' USR1
trap 'told=1; tell "told to stop"' TERM
"\${program[@]}" "\${flags[@]}" "$place" >> "$folder/logs/$name.log" 2>&1 < /dev/null &
child=$!
while told=; wait "$child"; code=$?; [ -n "$told" ]; do :; done # a signal ends \`wait\` early
tell "exit $code"

case $code in
  0 | 124 | 129 | 130 | 143) ;;
  138)
    if [ "$(kept)" = "$before" ]; then
      tell "no checkpoint within the time limit: give --time more minutes"
      exit 1
    fi
    tell "queued again"
    scontrol requeue "$self" && sleep 60 # Slurm ends this shell
    ;;
  *) ${failFast ? 'scancel "$SLURM_ARRAY_JOB_ID"' : ":"} ;;
esac
exit "$code"
`;
}

function caseLine({ index, name, flags }: ScriptCase): string {
  return `  ${index}) name=${quote(name)} flags=(${
    flags.map(quote).join(" ")
  }) ;;`;
}
