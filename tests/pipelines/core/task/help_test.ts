import { assert, assertStringIncludes, assertThrows } from "@std/assert";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import { stage } from "../../../../pipelines/core/stage.ts";
import { count } from "../../../../pipelines/core/task/fields.ts";
import { helpText } from "../../../../pipelines/core/task/help.ts";
import { planText } from "../../../../pipelines/core/task/plan.ts";
import { defineTask } from "../../../../pipelines/core/task/task.ts";
import { task } from "./toy_task.ts";

Deno.test("helpText() lists each flag with its unit and defaults", () => {
  const lines = helpText(task).split("\n").map((line) =>
    line.trim().replaceAll(/ +/g, " ")
  );
  for (
    const line of [
      "toy-task: Walks a vector to a target.",
      "Usage: deno task toy-task [flags]",
      "--epochs COUNT passes over the target (default 5, 1 with --smoke)",
      "--fault none|early|begin|throw|nan|drift what goes wrong (default none)",
      "--seed COUNT seed of every random number (default 0)",
      "--resume FOLDER go on with the run in this folder, with its settings",
      "--json print the summary in JSON, and only it, on stdout",
      "deno task toy-task --smoke",
    ]
  ) assert(lines.includes(line), `${line}\nin\n${lines.join("\n")}`);
});

Deno.test("helpText() fits in a hundred and twenty columns", () => {
  for (const line of helpText(task).split("\n")) {
    assert(line.length <= 120, line);
  }
});

Deno.test("planText() shows nested stages with what they need and add", () => {
  const inner = pipeline<{ readonly data: string }>("inner").pipe(
    stage<{ readonly data: string }, { readonly grey: string }, "data">(
      "load",
      {
        needs: ["data"],
        adds: { grey: "uint8 [n, 784]" },
      },
      () => ({ grey: "" }),
    ),
  );
  const text = planText(
    pipeline<{ readonly data: string }>("outer").pipe(inner),
    {
      data: "mnist",
      threads: 2,
    },
  );
  assertStringIncludes(
    text,
    `Settings
  data     mnist
  threads  2

Stages
  outer from data, gives grey
    inner from data, gives grey
      load from data
        grey  uint8 [n, 784]`,
  );
});

Deno.test("defineTask() leaves the common flags alone", () => {
  const flags = { seed: count(0, "another seed") };
  assertThrows(
    () => defineTask<{ readonly seed: number }>({ ...spec, flags }),
    TypeError,
    'Expected "seed" to be left to the common flags',
  );
});

const spec = {
  name: "a",
  about: "b",
  pipeline: stage<object, { readonly summary: Record<string, number> }>("a", {
    needs: [],
    adds: { summary: "nothing" },
  }, () => ({ summary: {} })),
};
