/**
 * Measurements of a run as a table.
 * @module
 */
import type { MetricRecord } from "../context.ts";

/**
 * Writes measurements as comma-separated values: a row for each step, a column for each name.
 *
 * @param metrics The measurements, in order.
 * @returns The table, with a header; a cell is empty where a step has no such number.
 *
 * @example Two steps
 * ```ts
 * import { toCsv } from "@lowerbound/lowerbound/core";
 * import { assertEquals } from "@std/assert";
 *
 * const table = toCsv([
 *   { step: 1, epoch: 0.5, values: { "train/loss": 2 } },
 *   { step: 2, epoch: 1, values: { "validation/loss": 1.5 } },
 * ]);
 * assertEquals(table, "step,epoch,train/loss,validation/loss\n1,0.5,2,\n2,1,,1.5\n");
 * ```
 */
export function toCsv(metrics: readonly MetricRecord[]): string {
  const names = [
    ...new Set(metrics.flatMap(({ values }) => Object.keys(values))),
  ];
  const rows = new Map<number, Map<string, number>>();
  for (const { step, epoch, values } of metrics) {
    const row = rows.get(step) ?? new Map([["step", step], ["epoch", epoch]]);
    for (const [name, value] of Object.entries(values)) row.set(name, value);
    rows.set(step, row);
  }
  const columns = ["step", "epoch", ...names];
  const lines = [...rows.values()].map((row) =>
    columns.map((name) => row.get(name) ?? "").join(",")
  );
  return [columns.map(quoted).join(","), ...lines, ""].join("\n");
}

/** As RFC 4180 writes a name with a comma or a quote. */
function quoted(name: string): string {
  return /[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
