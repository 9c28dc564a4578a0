import { assertEquals, assertMatch } from "@std/assert";
import { complete } from "../../pipelines/core/task/flags.ts";
import { dataText } from "../../pipelines/core/task/plan.ts";
import { allTasks } from "./all_tasks.ts";

for (const { name, flags, pipeline } of allTasks) {
  const loads = pipeline.needs.includes("data");
  Deno.test(`--plan of ${name} ${loads ? "says where its data come from" : "says nothing of data, for it loads none"}`, async () => {
    const config = { ...complete(flags, {}, "full"), data: "/nowhere" };
    const text = await dataText(pipeline, "/nowhere", config);
    if (!loads) return assertEquals(text, undefined);
    assertMatch(text ?? "", /^Data\n {2}\S.*\/nowhere/);
  });
}
