/**
 * How long each stage of a run took.
 * @module
 */
import type { Json, Progress } from "../../context.ts";
import { shortPath } from "./moment_line.ts";

/** A clock that runs for the stage that began last. */
export interface StageClock {
  /** Seconds by the stage's path without the outermost name, rounded to tenths; what an earlier process spent included. */
  readonly seconds: () => Readonly<Record<string, number>>;
  /** Tells the progress, and the clock, what happens. */
  readonly progress: Progress;
}

/**
 * Starts a clock.
 *
 * @param progress Is told everything, too.
 * @param earlier The fact `stageSeconds` of the run's record, where an earlier process left one.
 * @param now Seconds on any clock; one that steps back counts as standing still.
 * @returns The clock.
 */
export function stageClock(
  progress: Progress,
  earlier: Json | undefined,
  now: () => number = () => performance.now() / 1000,
): StageClock {
  const spent = new Map<string, number>(numbersOf(earlier));
  let current: string | undefined;
  let since = now();
  const turn = (next: string | undefined) => {
    const time = now();
    if (current !== undefined) {
      const before = spent.get(current) ?? 0;
      spent.set(current, before + Math.max(0, time - since));
    }
    current = next;
    since = time;
  };
  return {
    seconds: () => {
      turn(current);
      return Object.fromEntries(
        [...spent].map(([path, value]) => [path, Math.round(10 * value) / 10]),
      );
    },
    progress: {
      ...progress,
      stage: (path) => {
        turn(shortPath(path));
        progress.stage(path);
      },
    },
  };
}

function numbersOf(earlier: Json | undefined): readonly [string, number][] {
  if (typeof earlier !== "object" || earlier === null) return [];
  return Object.entries(earlier)
    .filter((entry): entry is [string, number] => typeof entry[1] === "number");
}
