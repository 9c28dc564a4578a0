import { assertEquals, assertRejects } from "@std/assert";
import { readSummary } from "../../../../pipelines/core/run/summary.ts";
import { tempFolder } from "../temp_folder.ts";

Deno.test("readSummary() refuses texts for numbers, and a missing head", async () => {
  using folder = tempFolder();
  const whole = { task: "vae", dataset: "none", device: "cpu", seed: 0 };
  const path = `${folder.path}/summary.json`;
  const cases: readonly [content: object, rule: string][] = [
    [{ ...whole, "test/elbo": "-90" }, "test/elbo: "],
    [{ ...whole, "test/elbo": null }, "test/elbo: "],
    [{ ...whole, seed: "0" }, "seed: "],
    [{ ...whole, seed: 0.5 }, "seed: "],
    [{ task: "vae", dataset: "none", seed: 0, "test/elbo": -90 }, "device: "],
    [{ "test/elbo": -90 }, "task: "],
    [[], `Cannot read ${path}`],
  ];
  for (const [content, rule] of cases) {
    Deno.writeTextFileSync(path, JSON.stringify(content));
    await assertRejects(() => readSummary(folder.path), SyntaxError, rule);
  }
  Deno.writeTextFileSync(path, JSON.stringify({ ...whole, "test/elbo": -90 }));
  assertEquals((await readSummary(folder.path))["test/elbo"], -90);
});
