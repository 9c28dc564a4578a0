import { assertEquals } from "@std/assert";
import type { Field } from "../../pipelines/core/task/fields.ts";
import { allTasks } from "./all_tasks.ts";
import written from "./bounds.json" with { type: "json" };

/** Numbers on both sides of every bound, ascending. */
const NUMBERS = [
  ...[-1, -0.999, 0, 1e-9, 1e-7, 1e-6, 1e-3, 0.009, 0.01, 0.49, 0.495, 0.5],
  ...[0.95, 0.955, 0.999, 0.9995, 0.999999, 1, 2, 3, 4, 7, 8, 9, 10, 12, 13],
  ...[19, 20, 21, 24, 25, 29, 30, 63, 64, 65, 99, 100, 101, 256, 257, 999],
  ...[1000, 1001, 1024, 1025, 65_535, 65_536],
].map(String);

/** The least and the greatest of these numbers that a setting takes. */
function boundsOf(field: Field<unknown> | undefined): string {
  const taken = NUMBERS.filter((text) => {
    try {
      field?.parse(text);
      return true;
    } catch {
      return false;
    }
  });
  return `${taken[0]} to ${taken.at(-1)}`;
}

for (const [task, bounds] of Object.entries(written)) {
  Deno.test(`settings of ${task} take numbers up to their bounds, and not beyond`, () => {
    const flags = allTasks.find(({ name }) => name === task)?.flags ?? {};
    const found = Object.keys(bounds).map((setting) => [
      setting,
      boundsOf(new Map(Object.entries(flags)).get(setting)),
    ]);
    assertEquals(Object.fromEntries(found), bounds);
  });
}
