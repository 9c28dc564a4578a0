import {
  assert,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import { stage } from "../../../../pipelines/core/stage.ts";
import { count, list, real } from "../../../../pipelines/core/task/fields.ts";
import { helpText } from "../../../../pipelines/core/task/help.ts";
import { planText } from "../../../../pipelines/core/task/plan.ts";
import { defineTask } from "../../../../pipelines/core/task/task.ts";
import { fold, wrapParagraphs } from "../../../../pipelines/core/task/wrap.ts";
import { task } from "./toy_task.ts";

Deno.test("helpText() lists each flag with its unit and defaults", () => {
  const lines = helpText(task, 100).split("\n");
  for (
    const line of [
      "toy-task: Walks a vector to a target.",
      "Usage: deno task toy-task [flags]",
      "* --epochs COUNT               passes over the target [default 5; with --smoke 1]",
      "  --rate NUMBER                part of the way per step [default 0.1]",
      "  --fault none|early|begin|throw|nan|drift",
      "                               what goes wrong [default none]",
      "  --seed COUNT                 seed of every random number [default 0]",
      "  --json                       print the summary in JSON, and only it, on stdout",
      "  deno task toy-task --smoke",
    ]
  ) assert(lines.includes(line), `${line}\nin\n${lines.join("\n")}`);
});

Deno.test("helpText() writes lists as they are typed", () => {
  const flags = {
    ratios: list([0.1, 1], real(0, "ratios"), { smoke: [] }),
    sizes: list([], count(1, "sizes"), { smoke: [] }),
  };
  const text = helpText(defineTask<object>({ ...spec, flags } as never)); // a table of flags
  assertStringIncludes(text, "* --ratios NUMBER,...");
  assertStringIncludes(text, "[default 0.1,1; with --smoke none]");
  assertStringIncludes(
    text,
    "  --sizes COUNT,...            sizes [default none]",
  );
});

Deno.test("helpText() fits in the terminal, and in a hundred columns", () => {
  for (const width of [60, 80, 200]) {
    for (const line of helpText(task, width).split("\n")) {
      assert(line.length <= Math.min(width, 100), line);
    }
  }
});

Deno.test("fold() keeps the columns of long lines, and commands whole", () => {
  const command = `  deno task toy-task ${"--rate 0.1 ".repeat(9)}`;
  const text = `Usage: deno task clean [FILTER ...] [--failed]
It says what it would free, and asks, unless
  --time NUMBER  minutes until a case is kept
  train from images, epochs, batch, learningRate
    a-name-that-leaves-no-room  for several words
short
${command}`;
  const folded = (inset: string) =>
    `Usage: deno task clean [FILTER ...]
       [--failed]
It says what it would free, and${inset && "\n"}${inset || " "}asks,${
      inset ? " " : "\n"
    }unless
  --time NUMBER  minutes until a case is
                 kept
  train from images, epochs, batch,
${inset}  learningRate
    a-name-that-leaves-no-room for
${inset}    several words
short
${command}`;
  assertEquals(fold(text, 40, 4), folded("    "));
  assertEquals(fold(text, 40), folded(""));
  assertEquals(fold(text, Infinity), text);
});

Deno.test("helpText() offers no flags that the task ignores", () => {
  const text = helpText(defineTask<object>({ ...spec, flags: {} }));
  assertEquals(/--(data|data-limit|no-cache) /.test(text), false, text);
  assertStringIncludes(helpText(task), "--data-limit COUNT");
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

Deno.test("wrapParagraphs() breaks what is too long anew, and leaves samples and what fits alone", () => {
  const text =
    "one two three four five\nsix seven\n\nshort\nlines\n\n  a sample that is very long\n  and its end";
  assertEquals(
    wrapParagraphs(text, 14),
    "one two three\nfour five six\nseven\n\nshort\nlines\n\n  a sample that is very long\n  and its end",
  );
  assertEquals(wrapParagraphs(text, Infinity), text);
});
