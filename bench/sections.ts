/**
 * What is measured, one work after the other.
 * @module
 */
import {
  busyComparisons,
  type Comparison,
  comparisons,
} from "./comparisons.ts";
import type { Section } from "./results.ts";
import {
  firstStep,
  memory,
  peakMemory,
  startUp,
  wholeTestSet,
} from "./single.ts";
import { median } from "./statistics.ts";
import { type Row, rowsOf } from "./table.ts";
import { takeTurns, type Turns } from "./turns.ts";
import { busyTask, nameOf, quietTask, wholeTask } from "./whole_task.ts";

/** How to measure. */
export interface Measuring {
  /** A Python that has PyTorch and JAX. */
  readonly python: string;
  readonly turns: Turns;
  /** Whether another process is busy all the while. */
  readonly isBusy: boolean;
  /** Steps over which memory is followed. */
  readonly memorySteps: number;
}

/** Something to measure. */
export interface Measurement {
  readonly work: string;
  readonly measure: () => Promise<Omit<Section, "work">>;
}

/** Everything that a table has. */
export function measurements(
  { python, turns, isBusy, memorySteps }: Measuring,
): readonly Measurement[] {
  const compared = (isBusy ? busyComparisons : comparisons)(python);
  const { rounds } = turns;
  const task = isBusy ? busyTask : quietTask;
  const taskRounds = isBusy ? Math.min(3, rounds) : rounds;
  return [
    ...compared.map((comparison) => ({
      work: comparison.work,
      measure: () => compare(comparison, turns),
    })),
    alone(nameOf(task), () => wholeTask(python, taskRounds, task)),
    ...isBusy ? [] : [
      alone("trace, compile and first step", () => firstStep(rounds)),
      alone("`deno task vae-k3 --plan`", () => startUp(rounds)),
      alone("memory over", () => memory(memorySteps)),
    ],
  ];
}

/** Measures a work; if it fails, its row tells why. */
export async function attempt(
  { work, measure }: Measurement,
): Promise<Section> {
  try {
    return { work, ...await measure() };
  } catch (error) {
    const [reason] = String(error).split("\n");
    const ours = `not measured (${reason})`;
    const none = { against: "-", ratio: "not measured", atMost: "-" };
    return { work, rows: [{ work, ours, ...none }], facts: [] };
  }
}

async function compare(
  comparison: Comparison,
  turns: Turns,
): Promise<Omit<Section, "work">> {
  const { work, ours, rivals, prepare, unit, memory: peer } = comparison;
  await using _prepared = await prepare?.();
  const commands = [...ours, ...rivals.map(({ command }) => command)];
  const timings = await takeTurns(commands, turns);
  const rows: Row[] = [...rowsOf(comparison, timings)];
  if (peer) rows.push(await peakMemory(work, ours[0]!, peer)); // there is one at least
  const [mine] = timings;
  if (unit === "image" && mine) rows.push(wholeTestSet(median(mine.times)));
  const facts = timings.slice(ours.length)
    .filter(({ times }) => times.length > 0)
    .map((timing) => timing.facts);
  return { rows, facts: [...new Set(facts)] };
}

function alone(work: string, measure: () => Promise<Row>): Measurement {
  return {
    work,
    measure: async () => ({ rows: [await measure()], facts: [] }),
  };
}
