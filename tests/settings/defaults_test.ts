import { assertEquals } from "@std/assert";
import type { Field } from "../../pipelines/core/task/fields.ts";
import { allTasks } from "./all_tasks.ts";
import written from "./defaults.json" with { type: "json" };

/** What is tried of each setting. */
const TEXTS = ["-1", "0", "0.5", "0.99", "1", "1.5", "2", "3", "12", "1001"];

/** A setting as it is written down: its default, that of `--smoke`, and which of the texts it takes. */
function told(field: Field<unknown>): readonly unknown[] {
  const takes = TEXTS.filter((text) => {
    try {
      field.parse(text);
      return true;
    } catch {
      return false;
    }
  });
  const smoke = "smoke" in field ? { smoke: field.smoke } : {};
  return [field.fallback, smoke, takes.join(" ")];
}

/** The settings of a task that are written down, by name. */
const tasks: Readonly<Record<string, Readonly<Record<string, unknown>>>> =
  written;

for (const { name, flags } of allTasks) {
  Deno.test(`the settings of ${name} have the defaults and the bounds that are written down`, () => {
    const known = tasks[name] ?? {};
    const found = Object.entries(flags)
      .filter(([setting]) => setting in known)
      .map(([setting, field]) => [setting, told(field)]);
    // as JSON has it: nothing for what is not defined
    assertEquals(JSON.parse(JSON.stringify(Object.fromEntries(found))), known);
  });
}
