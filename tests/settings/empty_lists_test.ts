import { assertEquals, assertThrows } from "@std/assert";
import type { Field } from "../../pipelines/core/task/fields.ts";
import { allTasks } from "./all_tasks.ts";

/** Lists that may be empty, and what that means. */
const mayBeEmpty: Readonly<Record<string, string>> = {
  snapshots: "nothing is kept on the way",
  singles: "no model of one direction",
  runs: "no other run beside",
  lengths: "all are measured",
  negativeGuidances: "no other way to lead away from the negative prompt",
  negativeParts: "likewise",
  generatorHidden: "a linear generator",
  discriminatorHidden: "a linear discriminator",
};

/** Lists of more than one task that are not empty in one of them. */
const mayNot: Readonly<Record<string, readonly string[]>> = {
  "elbo-gap": ["snapshots"],
};

function isList({ fallback }: Field<unknown>): boolean {
  return Array.isArray(fallback);
}

for (const { name, flags } of allTasks) {
  const lists = Object.entries(flags).filter(([, field]) => isList(field));
  if (lists.length === 0) continue;
  Deno.test(`${name} refuses empty lists of what it measures: nothing has no mean`, () => {
    for (const [setting, field] of lists) {
      const isAllowed = setting in mayBeEmpty &&
        !mayNot[name]?.includes(setting);
      if (isAllowed) assertEquals(field.parse(""), []);
      else assertThrows(() => field.parse(""), RangeError, "at least", setting);
    }
  });
}

Deno.test("each list that may be empty belongs to a task", () => {
  const all = new Set(allTasks.flatMap(({ flags }) => Object.keys(flags)));
  assertEquals(Object.keys(mayBeEmpty).filter((one) => !all.has(one)), []);
});
