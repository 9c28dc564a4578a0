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

/** Lays rows out in Markdown. */
export function markdown(rows: readonly Row[]): string {
  const line = ({ work, ours, against, ratio, atMost }: Row) =>
    `| ${[work, ours, against, ratio, atMost].join(" | ")} |`;
  return [
    "| work | ours | against | ours / theirs (least, greatest) | at most |",
    "| --- | --- | --- | --- | --- |",
    ...rows.map(line),
  ].join("\n");
}

/**
 * The rows of one comparison: our plain setting and our fastest one against each rival with a limit, the fastest
 * alone against others.
 *
 * @param comparison What was compared.
 * @param times Of our settings and then of the rivals, in order.
 */
export function rowsOf(
  { work, unit, ours, rivals }: Comparison,
  times: readonly Timing[],
): readonly Row[] {
  const own = times.slice(0, ours.length);
  const plain = own[0]!; // there is one at least
  const fastest = own.reduce((best, one) =>
    median(one.times) < median(best.times) ? one : best
  );
  return rivals.flatMap(({ atMost }, i) => {
    const rival = times[ours.length + i]!; // timed after ours
    const shown = atMost === undefined ? [fastest] : [plain, fastest];
    return [...new Set(shown)].map((mine): Row => ({
      work: ours.length > 1 ? `${work}, ${mine.name}` : work,
      ours: duration(mine, unit),
      against: `${rival.name}: ${duration(rival, unit)}`,
      ratio: spread(ratios(mine.times, rival.times)),
      atMost: atMost === undefined ? "reported" : `${atMost}`,
    }));
  });
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
