import { assertEquals, assertThrows } from "@std/assert";
import type { Field } from "../../pipelines/core/task/fields.ts";
import { allTasks } from "./all_tasks.ts";

/** Lists whose values may repeat, and what that means. */
const mayRepeat: Readonly<Record<string, string>> = {
  hidden: "layers of one width",
  generatorHidden: "likewise",
  discriminatorHidden: "likewise",
  snapshots: "a moment is kept once",
};

const listsOf = (flags: Readonly<Record<string, Field<unknown>>>) =>
  Object.entries(flags).flatMap(([name, field]) =>
    Array.isArray(field.fallback) ? [[name, field] as const] : []
  );

/** A list that is long enough, of one value. */
function repeated({ fallback, smoke }: Field<unknown>): string {
  const [first] = [fallback, smoke].flat();
  return Array(4).fill(first ?? "vae=40").join(",");
}

for (const { name, flags } of allTasks) {
  const lists = listsOf({ ...flags });
  if (lists.length === 0) continue;
  Deno.test(`${name} refuses values that repeat, where a number or a line would have two`, () => {
    for (const [setting, field] of lists) {
      const text = repeated(field);
      if (setting in mayRepeat) {
        assertEquals((field.parse(text) as readonly unknown[]).length, 4);
      } else {
        const rule =
          `Expected different values between commas but found "${text}"`;
        assertThrows(() => field.parse(text), RangeError, rule, setting);
      }
    }
  });
}

Deno.test("each list whose values may repeat belongs to a task", () => {
  const all = new Set(allTasks.flatMap(({ flags }) => Object.keys(flags)));
  assertEquals(Object.keys(mayRepeat).filter((one) => !all.has(one)), []);
});

Deno.test("the defaults of lists do not repeat a value, either", () => {
  for (const { name, flags } of allTasks) {
    for (const [setting, { fallback, smoke }] of listsOf({ ...flags })) {
      if (setting in mayRepeat) continue;
      for (const values of [fallback, smoke ?? []] as readonly unknown[][]) {
        assertEquals(new Set(values).size, values.length, `${name} ${setting}`);
      }
    }
  }
});
