import { assertEquals, assertRejects } from "@std/assert";
import { loadTask } from "../../tasks/load_task.ts";

Deno.test("loadTask() finds the file of a task by its name", async () => {
  assertEquals((await loadTask("vae-k3")).name, "vae-k3");
});

Deno.test("loadTask() imports nothing but tasks", async () => {
  for (const name of ["vae-k4", "rerun", "load-task", "../mod", "", "Vae"]) {
    await assertRejects(
      () => loadTask(name),
      RangeError,
      `Expected a task of this package but found "${name}"`,
    );
  }
});
