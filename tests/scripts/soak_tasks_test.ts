import { assertEquals } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { LEFT_OUT, soakedTasks } from "../../scripts/soak/soak_tasks.ts";
import { allTasks } from "../settings/all_tasks.ts";

Deno.test("every experiment takes part in the soak, or is left out for a reason", () => {
  const soaked = soakedTasks();
  const missing = allTasks.map(({ name }) => name)
    .filter((name) => !soaked.has(name) && !(name in LEFT_OUT));
  assertEquals(missing, []);
  const unknown = [...soaked.keys()]
    .filter((name) => allTasks.every((task) => task.name !== name));
  assertEquals(unknown, []);
});

Deno.test("what the soak leaves out is a task, and takes no part", () => {
  for (const name of Object.keys(LEFT_OUT)) {
    assertEquals(name in config.tasks, true, name);
    assertEquals(soakedTasks().has(name), false, name);
  }
});
