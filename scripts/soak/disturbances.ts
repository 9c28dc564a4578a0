/**
 * What happens to runs.
 * @module
 */
import type { Random } from "../../tests/faults/fuzz/random.ts";
import { exists, type Program } from "./programs.ts";

/** Something that happens to a run. */
export interface Disturbance {
  /** Names it in the report. */
  readonly name: string;
  /** Lets it happen; tells what should not have come of it. */
  readonly happen: (
    program: Program,
    run: string,
    random: Random,
  ) => Promise<string | undefined>;
}

/** The most calls of the file system that the small run makes. */
const CALLS = 150;

/** All that can happen. */
export const disturbances: readonly Disturbance[] = [
  ...["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"].map(bySignal),
  bySignal("SIGKILL"), // oftener
  ...["torn", "killed", "full"].map(atCall),
  { name: "second writer", happen: secondWriter },
];

function bySignal(signal: string): Disturbance {
  return {
    name: signal,
    async happen(program, run, random) {
      const process = program.start(run);
      await startOf(run, process);
      await wait(random.below(250));
      try {
        process.kill(signal as Deno.Signal); // one of those above
      } catch {
        // it has ended
      }
      await process.output();
      return undefined;
    },
  };
}

/** At a call of the file system; other programs are killed before they begin. */
function atCall(kind: string): Disturbance {
  return {
    name: `${kind} at a call`,
    async happen({ name, start }, run, random) {
      if (name !== "small") return undefined;
      const at = String(1 + random.below(CALLS));
      const probe = "tests/faults/kill_probe.ts";
      await start(run, [probe, run, at, kind]).output();
      return undefined;
    },
  };
}

/** Two processes at once in one folder: one of them is told that it is taken, or finds the run finished. */
async function secondWriter(
  { start }: Program,
  run: string,
): Promise<string | undefined> {
  const first = start(run);
  await startOf(run, first);
  const second = start(run);
  const ends = await Promise.all([first.output(), second.output()]);
  const failed = ends.filter(({ code }) => code !== 0)
    .map(({ stderr }) => new TextDecoder().decode(stderr));
  if (failed.length === 2) return `Both writers failed: ${failed.join("; ")}`;
  const isTold = failed.every((said) =>
    /another process|is finished/.test(said)
  );
  return isTold ? undefined : `A second writer failed otherwise: ${failed}`;
}

/** Waits until a run has its record, or its process has ended. */
async function startOf(
  run: string,
  process: Deno.ChildProcess,
): Promise<void> {
  let isOver = false;
  process.status.then(() => isOver = true);
  while (!isOver && !exists(`${run}/run.json`)) await wait(5);
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
