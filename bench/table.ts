/**
 * The results as a table.
 * @module
 */
import type { Comparison } from "./comparisons.ts";
import { median, ratios } from "./statistics.ts";
import type { Timing } from "./turns.ts";

/** A line of the table. */
export interface Row {
  readonly work: string;
  readonly ours: string;
  /** Nothing where there is no rival. */
  readonly against: string;
  readonly ratio: string;
  readonly atMost: string;
}

/** A row as a line of a Markdown table. */
export function rowLine({ work, ours, against, ratio, atMost }: Row): string {
  return `| ${[work, ours, against, ratio, atMost].join(" | ")} |`;
}

/**
 * The rows of one comparison: our plain setting and our fastest one against the fastest peer and against bounds, the
 * fastest alone against the others.
 *
 * @param comparison What was compared.
 * @param times Of our settings and then of the rivals, in order.
 */
export function rowsOf(
  { work, unit, atMost, ours, rivals }: Comparison,
  times: readonly Timing[],
): readonly Row[] {
  const own = times.slice(0, ours.length);
  const plain = own[0]!; // there is one at least
  const fastest = fastestOf(own)!;
  const timed = rivals.map((rival, i) => ({
    ...rival,
    timing: times[ours.length + i]!, // timed after ours
  }));
  const peers = timed.filter((rival) => !rival.isBound);
  const best = fastestOf(peers.map(({ timing }) => timing));
  return timed.flatMap(({ atMost: bound, timing: rival }) => {
    const limit = rival === best ? atMost : bound;
    const shown = limit === undefined ? [fastest] : [plain, fastest];
    return [...new Set(shown)].map((mine): Row => ({
      work: ours.length > 1 ? `${work}, ${mine.name}` : work,
      ours: duration(mine, unit),
      against: `${rival.name}${
        rival === best && peers.length > 1 ? " (the fastest)" : ""
      }: ${duration(rival, unit)}`,
      ratio: spread(ratios(mine.times, rival.times)),
      atMost: limit === undefined ? "reported" : `${limit}`,
    }));
  });
}

/** Whoever has the least median of those that were measured. */
function fastestOf(timings: readonly Timing[]): Timing | undefined {
  const measured = timings.filter(({ times }) => times.length > 0);
  const sorted = measured.toSorted((a, b) => median(a.times) - median(b.times));
  return sorted[0] ?? timings[0];
}

function duration({ times, facts }: Timing, unit: string): string {
  if (times.length === 0) return `not measured (${facts})`;
  return `${significant(median(times))} ms per ${unit}`;
}

/** The median of numbers, with the least and the greatest. */
export function spread(numbers: readonly number[]): string {
  if (numbers.length === 0) return "not measured";
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  return `**${significant(median(numbers))}** (${significant(low)}, ${
    significant(high)
  })`;
}

/** Three digits. */
export function significant(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
