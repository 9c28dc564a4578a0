/**
 * Which runs of a list are shown, and in which order.
 * @module
 */
import type { Json } from "../core/context.ts";
import { goodness } from "./best_of.ts";
import { setting } from "./readable.ts";
import { settingsOf } from "./settings_of.ts";
import type { RunRow } from "./run_rows.ts";

/** What runs can be sorted by. */
export const ORDERS = [
  "began",
  "name",
  "task",
  "status",
  "best",
  "seconds",
  "size",
] as const;

/** One of the orders. */
export type Order = typeof ORDERS[number];

/**
 * Keeps the runs that fit every filter.
 *
 * @param rows The runs.
 * @param filters Such as `latent=3` or `status=failed`, or a part of the name.
 * @returns The runs that fit.
 */
export function filterRows(
  rows: readonly RunRow[],
  filters: readonly string[],
): readonly RunRow[] {
  return rows.filter((row) => filters.every((filter) => fits(row, filter)));
}

function fits(row: RunRow, filter: string): boolean {
  const [, name, wanted] = /^([^=]+)=(.*)$/s.exec(filter) ?? [];
  if (name === undefined || wanted === undefined) {
    return row.name.includes(filter) || row.task.includes(filter);
  }
  const { status, data } = row;
  const known: Readonly<Record<string, Json>> = {
    ...settingsOf(row.run.record),
    status,
    data,
  };
  if (!Object.hasOwn(known, name)) return false;
  return setting(known[name]).replaceAll(", ", ",") === wanted;
}

/**
 * Sorts runs: times and sizes from the largest, best numbers from the best, everything else by the alphabet.
 *
 * @param rows The runs.
 * @param order What to sort by.
 * @returns The runs in order; those without such a value last.
 */
export function sortRows(
  rows: readonly RunRow[],
  order: Order,
): readonly RunRow[] {
  const numbers: Readonly<Partial<Record<Order, (row: RunRow) => number>>> = {
    began: ({ began }) => began,
    best: ({ best }) => goodness(best),
    seconds: ({ seconds }) => seconds,
    size: ({ bytes }) => bytes,
  };
  const number = numbers[order];
  if (number) {
    return rows.toSorted((a, b) =>
      number(a) === number(b) ? 0 : number(b) > number(a) ? 1 : -1
    );
  }
  const text = (row: RunRow) =>
    order === "task" ? row.task : order === "status" ? row.status : row.name;
  return rows.toSorted((a, b) => text(a) < text(b) ? -1 : 1);
}
