/**
 * What the records of a training say about how stable it was.
 * @module
 */
import type { MetricRecord } from "../core/context.ts";

/** Records before one that it is compared with. */
const BEFORE = 5;

/** How many times longer than usual a gradient is in a spike. */
const SPIKE = 3;

/**
 * Finds when the training loss first fell below a threshold.
 *
 * @param history The records, whose losses are means over the updates since the one before.
 * @param threshold Nats per character.
 * @returns Weight updates until the end of that record; nothing where it never fell so low.
 */
export function stepsUntil(
  history: readonly MetricRecord[],
  threshold: number,
): number | undefined {
  return history.find(({ values }) => {
    const loss = values["train/loss"];
    return loss !== undefined && loss < threshold;
  })?.step;
}

/**
 * Counts the records with a spike: a gradient 3 times longer than the median of the 5 records before.
 *
 * @param history The records.
 * @returns Records.
 */
export function countSpikes(history: readonly MetricRecord[]): number {
  const records = history.flatMap(({ values }) => {
    const mean = values["gradient/all"];
    const largest = values["gradient/largest"];
    return mean === undefined || largest === undefined
      ? []
      : [{ mean, largest }];
  });
  return records.filter(({ largest }, i) => {
    const before = records.slice(Math.max(0, i - BEFORE), i)
      .map(({ mean }) => mean).sort((a, b) => a - b);
    const median = before[before.length >> 1];
    return before.length === BEFORE && largest > SPIKE * median!;
  }).length;
}
