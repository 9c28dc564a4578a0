/**
 * A run's numbers as a person reads them.
 * @module
 */
import type { Summary } from "../run/summary.ts";
import type { Bands } from "./expected_bands.ts";

/**
 * Lays out numbers beside their expected bands.
 *
 * @param summary The numbers by name.
 * @param bands The bands that are for this run.
 * @returns A line for each number, without a last newline.
 */
export function resultTable(summary: Summary, bands: Bands): string {
  const rows = Object.entries(summary).map(([name, value]) => {
    const number = readable(value);
    const band = bands[name];
    if (band === undefined) return [name, number, ""] as const;
    const { low, high, unit } = band;
    const verdict = value >= low && value <= high
      ? "as expected:"
      : "OUTSIDE the expected";
    return [
      name,
      number,
      `${unit}, ${verdict} ${readable(low)} to ${readable(high)}`,
    ] as const;
  });
  const nameWidth = Math.max(0, ...rows.map(([name]) => name.length));
  const valueWidth = Math.max(0, ...rows.map(([, value]) => value.length));
  return rows.map(([name, value, note]) =>
    `${name.padEnd(nameWidth)}  ${value.padStart(valueWidth)}  ${note}`
      .trimEnd()
  ).join("\n");
}

/** Six digits; `summary.json` holds them all. */
function readable(value: number): string {
  return String(Number(value.toPrecision(6)));
}
