/**
 * Whether two runs measured the same.
 * @module
 */
import type { MetricRecord } from "../context.ts";
import { readMetrics, refuseTorn } from "../run/metrics/read_metrics.ts";
import { numbersOf, readSummary, type Summary } from "../run/summary.ts";

/** What a comparison found. */
export interface Comparison {
  /** Whether everything agrees bit for bit. */
  readonly isSame: boolean;
  /** A line for the summary and one for the metrics. */
  readonly lines: readonly string[];
}

/** One number of two runs. */
interface Pair {
  readonly place: string;
  readonly first: number | undefined;
  readonly second: number | undefined;
}

/**
 * Compares the numbers of two finished runs bit for bit.
 *
 * @param first A run's folder.
 * @param second Another's.
 * @returns What agrees, else the largest difference and where it is.
 */
export async function compareRuns(
  first: string,
  second: string,
): Promise<Comparison> {
  const both = [first, second] as const;
  const [summaryA, summaryB] = await Promise.all(both.map(readNumbers));
  const [metricsA, metricsB] = await Promise.all(
    both.map((folder) => readMetrics(`${folder}/metrics.jsonl`, refuseTorn)),
  );
  const results = [
    judge("summary.json", pairs(summaryA!, summaryB!, "")),
    judge("metrics.jsonl", pairsOfRecords(metricsA!, metricsB!)),
  ]; // two folders, two results
  return {
    isSame: results.every(({ isSame }) => isSame),
    lines: results.map(({ line }) => line),
  };
}

async function readNumbers(folder: string): Promise<Summary> {
  return numbersOf(await readSummary(folder));
}

function pairsOfRecords(
  first: readonly MetricRecord[],
  second: readonly MetricRecord[],
): readonly Pair[] {
  const length = Math.max(first.length, second.length);
  return Array.from(
    { length },
    (_, i) => pairs(flat(first[i]), flat(second[i]), ` in line ${i + 1}`),
  ).flat();
}

function flat(record: MetricRecord | undefined): Summary {
  return record
    ? { step: record.step, epoch: record.epoch, ...record.values }
    : {};
}

function pairs(
  first: Summary,
  second: Summary,
  where: string,
): readonly Pair[] {
  const names = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...names].map((name) => ({
    place: `${name}${where}`,
    first: first[name],
    second: second[name],
  }));
}

function judge(
  file: string,
  pairs: readonly Pair[],
): { readonly isSame: boolean; readonly line: string } {
  const different = pairs.filter(({ first, second }) => first !== second);
  const [worst] = different.toSorted((a, b) => gap(b) - gap(a));
  if (worst === undefined) {
    const line = `${file}: all ${pairs.length} numbers agree bit for bit`;
    return { isSame: true, line };
  }
  const { place, first = "missing", second = "missing" } = worst;
  return {
    isSame: false,
    line:
      `${file}: ${different.length} of ${pairs.length} numbers differ, most of all ${place}: ${first} and ${second}`,
  };
}

/** Relative difference; a missing number differs most. */
function gap({ first, second }: Pair): number {
  if (first === undefined || second === undefined) return Infinity;
  return Math.abs(first - second) / Math.max(Math.abs(first), Math.abs(second));
}
