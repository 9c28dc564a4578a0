/**
 * Every task of the package, killed once on its way.
 * @module
 */
import config from "../../deno.json" with { type: "json" };
import type { Task } from "../../pipelines/core/task/task.ts";
import type { Random } from "../../tests/faults/fuzz/random.ts";
import { bytesOf, exists, spawn } from "./programs.ts";

/** A task, and what was wrong with it. */
export interface Soaked {
  /** As in `deno task NAME`. */
  readonly task: string;
  /** What was wrong, if anything. */
  readonly fault: string | undefined;
}

const EXPERIMENT = /^deno task -q run (tasks\/\w+\/\w+\.ts)/;

/** What is no experiment: it reads what another run has left. */
const COMMANDS: readonly string[] = ["translate"];

/** Settings without which a run measures time. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  "vae-conv": ["--time-ratio=3"],
  "dcgan": ["--time-ratio=2"],
};

/** Runs each task alone, then again with a kill, and compares both. */
export async function* soakTasks(
  folder: string,
  random: Random,
): AsyncGenerator<Soaked> {
  for (const [task, line] of Object.entries(config.tasks)) {
    const command = typeof line === "string" ? line : line.command;
    const [, file] = EXPERIMENT.exec(command) ?? [];
    if (file === undefined || COMMANDS.includes(task)) continue;
    const { task: { ignores } } = await import(`../../${file}`) as {
      readonly task: Task;
    };
    const flags = [
      ...["--smoke", "--quiet", ...FIXED[task] ?? []],
      ...ignores.includes("threads") ? [] : ["--threads=1"],
    ];
    const [alone, run] = [`${folder}/${task}`, `${folder}/${task}-killed`];
    const began = performance.now();
    const first = await spawn(folder, [file, "--out", alone, ...flags])
      .output();
    const milliseconds = performance.now() - began;
    if (!first.success) {
      const said = new TextDecoder().decode(first.stderr).trim();
      yield { task, fault: `Failed alone: ${said}` };
      continue;
    }
    const killed = spawn(folder, [file, "--out", run, ...flags]);
    setTimeout(() => kill(killed), random.below(milliseconds));
    await killed.output();
    const again = exists(`${run}/run.json`)
      ? ["--resume", run, "--quiet"]
      : ["--out", run, ...flags];
    const { code } = await spawn(folder, [file, ...again]).output();
    const isSame = code === 0 && bytesOf(run) === bytesOf(alone);
    yield {
      task,
      fault: isSame ? undefined : `Exit code ${code}, other bytes`,
    };
  }
}

function kill(process: Deno.ChildProcess): void {
  try {
    process.kill("SIGKILL");
  } catch {
    // it has ended
  }
}
