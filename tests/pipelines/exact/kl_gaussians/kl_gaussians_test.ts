import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { klGaussians } from "../../../../pipelines/exact/kl_gaussians/kl_gaussians.ts";

const config = { dimensions: 3, separations: [0.01, 1, 4], samples: 2000 };

async function run(seed: number) {
  const store = memoryRun();
  const { summary } = await execute(klGaussians, config, { seed, store });
  return { store, summary };
}

Deno.test("kl-gaussians meets each closed form within its errors, and refutes the turned sign", async () => {
  const { summary } = await run(3);
  assertEquals(summary["pairs"], 9);
  assertLess(summary["plain/greatestDeviation"]!, 4); // of nine normal deviations: exceeded once in 1,800 keys
  assertGreater(summary["turnedSign/deviation"]!, 20); // 2 KL > 16 nats, in errors of less than 1/5 nat
});

Deno.test("kl-gaussians gives the same numbers, sentences and figures for the same seed", async () => {
  const [first, second] = [await run(1), await run(1)];
  assertEquals(first.summary, second.summary);
  assertEquals(first.store.records, second.store.records);
  assertEquals(first.store.files, second.store.files);
  assertEquals([...first.store.figures.keys()], ["kl", "kl_ratio"]);
});

Deno.test("kl-gaussians reports with the numbers of its summary", async () => {
  const { store, summary } = await run(1);
  const report = store.files.get("report.txt") as string; // a text
  const sentences = report.replaceAll("\n", " ");
  const worst = summary["plain/greatestDeviation"]!.toFixed(1);
  assertEquals(
    sentences.includes(`${worst} standard errors`),
    true,
    report,
  );
});
