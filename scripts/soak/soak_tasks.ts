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

/** Tasks that are left out, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  "translate": "is no experiment: it reads what another run has left",
};

/** Flags beside `--smoke`, by which a task needs no data, measures no time, and writes in the folder of its run alone. */
const FLAGS: Readonly<Record<string, (run: string) => readonly string[]>> = {
  "vae-conv": () => ["--time-ratio=3"],
  "dcgan": () => ["--time-ratio=2"],
  "families": (run) => [`--place=${run}-runs`],
  "stable-diffusion": () => ["--model=sd-1.5", "--dry-run"],
};

/** Numbers of a summary that are times. */
const TIME = /^ *"[^"]+\/(trainingSeconds|samplesPerSecond)":/;

/** The files of the tasks that take part, by name. */
export function soakedTasks(): ReadonlyMap<string, string> {
  const tasks = Object.entries(config.tasks).flatMap(([task, line]) => {
    const command = typeof line === "string" ? line : line.command;
    const [, file] = EXPERIMENT.exec(command) ?? [];
    return file === undefined || task in LEFT_OUT
      ? []
      : [[task, file] as const];
  });
  return new Map(tasks);
}

/** Runs each task alone, then again with a kill, and compares both. */
export async function* soakTasks(
  folder: string,
  random: Random,
  tasks: ReadonlyMap<string, string>,
): AsyncGenerator<Soaked> {
  for (const [task, file] of tasks) {
    const { task: { ignores } } = await import(`../../${file}`) as {
      readonly task: Task;
    };
    const flagsOf = (run: string) => [
      ...["--smoke", "--quiet", "--out", run, ...FLAGS[task]?.(run) ?? []],
      ...ignores.includes("threads") ? [] : ["--threads=1"],
    ];
    const [alone, run] = [`${folder}/${task}`, `${folder}/${task}-killed`];
    const began = performance.now();
    const first = await spawn(folder, [file, ...flagsOf(alone)]).output();
    const milliseconds = performance.now() - began;
    if (!first.success) {
      const said = new TextDecoder().decode(first.stderr).trim();
      yield { task, fault: `Failed alone: ${said}` };
      continue;
    }
    const killed = spawn(folder, [file, ...flagsOf(run)]);
    setTimeout(() => kill(killed), random.below(milliseconds));
    await killed.output();
    const again = exists(`${run}/run.json`)
      ? ["--resume", run, "--quiet"]
      : flagsOf(run);
    const { code } = await spawn(folder, [file, ...again]).output();
    const isSame = code === 0 && numbersOf(run) === numbersOf(alone);
    yield {
      task,
      fault: isSame ? undefined : `Exit code ${code}, other bytes`,
    };
  }
}

/** What two equal runs have in common, without times. */
function numbersOf(run: string): string {
  return bytesOf(run).split("\n").filter((line) => !TIME.test(line)).join("\n");
}

function kill(process: Deno.ChildProcess): void {
  try {
    process.kill("SIGKILL");
  } catch {
    // it has ended
  }
}
