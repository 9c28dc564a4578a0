import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  lookOf,
  notebook,
  numbersTable,
} from "../../../pipelines/core/notebook.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { notebookProgress } from "../../../pipelines/core/run/progress/notebook_progress.ts";

Deno.test("notebook() finds none outside of Deno's kernel", () => {
  assertEquals(notebook(), undefined);
});

Deno.test("numbersTable() escapes names", () => {
  assertEquals(
    numbersTable({ 'a<b>&"': 0.1234567, n: 3 }),
    '<table><tr><td style="text-align:left">a&lt;b&gt;&amp;&quot;</td><td>0.123457</td></tr>' +
      '<tr><td style="text-align:left">n</td><td>3</td></tr></table>',
  );
});

Deno.test("a figure of a run in memory is shown as its picture, and a run as its numbers and figures", async () => {
  const run = memoryRun();
  run.summarize({ "test/elbo": -1.5 });
  const figure = { name: "a", png: Uint8Array.of(1, 2), svg: "", spec: {} };
  await run.artifacts.figure(figure);
  assertEquals(run.figures.get("a"), figure); // the look is not among its entries
  assertEquals(lookOf(run.figures.get("a")!)?.["image/png"], "AQI=");
  assertEquals(lookOf(figure), undefined); // what was handed over is as it was
  const html = lookOf(run)?.["text/html"] as string;
  assertStringIncludes(html, "-1.50000");
  assertStringIncludes(html, "data:image/png;base64,AQI=");
});

/** Progress whose messages and clock are at hand. */
function progressOf() {
  const sent: (readonly [string, unknown])[] = [];
  let time = 0;
  const progress = notebookProgress(
    (kind, content) => {
      sent.push([kind, content]);
      return Promise.resolve();
    },
    () => time,
  );
  return { sent, progress, wait: (seconds: number) => void (time += seconds) };
}

const moment = { step: 1, steps: 3, items: 1, unit: "images", values: {} };

Deno.test("notebookProgress() changes one line, at most twice a second, and shows the last step", () => {
  const { sent, progress, wait } = progressOf();
  progress.stage(["a", "train"]);
  progress.update(moment); // too soon
  wait(0.6);
  progress.update({ ...moment, step: 2 });
  progress.update({ ...moment, step: 3 }); // soon, but the last
  assertEquals(sent.map(([kind]) => kind), [
    "display_data",
    "update_display_data",
    "update_display_data",
  ]);
  const texts = sent.map(([, content]) =>
    (content as { data: Record<string, string> }).data["text/plain"]
  );
  assertEquals(texts.map((text) => text?.split("  ")[0]), [
    "train",
    "train 2/3",
    "train 3/3",
  ]);
  const ids = sent.map(([, content]) =>
    (content as { transient: { display_id: string } }).transient.display_id
  );
  assertEquals(new Set(ids).size, 1);
});

Deno.test("notebookProgress() sends warnings to the cell's error stream", () => {
  const { sent, progress } = progressOf();
  progress.warn("too few");
  progress.note("read");
  assertEquals(sent, [
    ["stream", { name: "stderr", text: "Warning: too few\n" }],
    ["stream", { name: "stdout", text: "read\n" }],
  ]);
});

Deno.test("notebookProgress() goes on where the notebook is gone", async () => {
  const progress = notebookProgress(() => Promise.reject(new Error("gone")));
  progress.stage(["a"]);
  progress.warn("b");
  await Promise.resolve();
});
