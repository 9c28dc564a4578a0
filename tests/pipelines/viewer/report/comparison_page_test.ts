import { assertEquals, assertStringIncludes } from "@std/assert";
import { comparisonPage } from "../../../../pipelines/viewer/report/report_page.ts";
import { viewRun } from "../../../../pipelines/viewer/run_view.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import { type MadeRun, makeRun } from "../../core/runs/stored_run.ts";
import { findToy } from "../viewed.ts";
import { textOf } from "./text_of.ts";

Deno.test("a comparison shows what differs first, numbers side by side, curves over one another", async () => {
  using folder = tempFolder();
  for (const latent of [2, 3]) {
    makeRun(`${folder.path}/${latent}`, {
      record: { config: { data: "dots", latent } },
      summary: { "test/loss": latent / 10, "test/lossStdErr": 0.01 },
    });
  }
  const runs = await Promise.all(
    [2, 3].map((one) => viewRun(`${folder.path}/${one}`, findToy)),
  );
  const page = await comparisonPage(runs, ({ name }) => `${name}/`);
  const text = textOf(page);
  assertStringIncludes(text, "2 runs: toy");
  assertStringIncludes(text, "latent 2 3 5 settings the same in all runs");
  assertStringIncludes(
    text,
    "test/loss 0.200 ± 0.010 0.300 ± 0.010 nats per dot",
  );
  const [panel = ""] = page.match(/<figure class="panel">.*?<\/figure>/s) ?? [];
  assertEquals(panel.match(/<polyline/g)?.length, 4);
});

/** Runs of a comparison, by what they left. */
const warned: Readonly<Record<string, readonly MadeRun[]>> = {
  "alike": [
    { record: { facts: { dataset: { name: "digits", builtIn: true } } } },
    { record: { facts: { dataset: { name: "digits", builtIn: true } } } },
  ],
  "three": [
    { record: { git: { commit: "abc", dirty: true } } },
    { record: { git: { commit: "abc", dirty: false } } },
    { record: { git: { commit: "abd", dirty: true } } },
  ],
  "one failed": [
    { record: { status: "failed", error: "Expected luck" } },
    {},
  ],
  "twice in a run": [
    { record: { facts: { leftOut: { a: "no room", b: "no room" } } } },
    { record: { facts: { leftOut: { a: "no room" } } } },
  ],
};

/** The warnings of their comparison. */
const joined: Readonly<Record<keyof typeof warned, readonly string[]>> = {
  "alike": [
    "Both runs: On built-in data (digits), not on the data set that the task is named after",
  ],
  "three": [
    "0 2: Made from changed sources: the commit alone does not repeat it",
  ],
  "one failed": ["0: Failed: Expected luck"],
  "twice in a run": ["Both runs: Left out: no room"],
};

for (const [what, made] of Object.entries(warned)) {
  Deno.test(`a comparison says each warning once, with its runs: ${what}`, async () => {
    using folder = tempFolder();
    const runs = await Promise.all(made.map((one, i) => {
      makeRun(`${folder.path}/${i}`, one);
      return viewRun(`${folder.path}/${i}`, findToy);
    }));
    const page = await comparisonPage(runs, ({ name }) => `${name}/`);
    const lines = [...page.matchAll(/<p class="warn">(.*?)<\/p>/gs)]
      .map(([, line]) => textOf(line ?? "").replace(/ +:/, ":").trim());
    assertEquals(lines, joined[what]);
  });
}

Deno.test("a comparison shows forty numbers, and the others when asked to", async () => {
  for (const [count, others] of [[40, 0], [42, 2]] as const) {
    using folder = tempFolder();
    const numbers = Array.from({ length: count }, (_, i) => [`n/${i}`, i / 8]);
    for (const latent of [2, 3]) {
      makeRun(`${folder.path}/${latent}`, {
        record: { config: { data: "dots", latent } },
        summary: Object.fromEntries(numbers),
      });
    }
    const runs = await Promise.all(
      [2, 3].map((one) => viewRun(`${folder.path}/${one}`, findToy)),
    );
    const page = await comparisonPage(runs, ({ name }) => `${name}/`);
    const found = /(\d+) more numbers/.exec(textOf(page))?.[1] ?? 0;
    assertEquals(Number(found), others);
  }
});
