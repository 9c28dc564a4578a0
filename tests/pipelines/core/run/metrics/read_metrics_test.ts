import { assertEquals, assertRejects } from "@std/assert";
import { readMetrics } from "../../../../../pipelines/core/run/metrics/read_metrics.ts";
import { tempFolder } from "../../temp_folder.ts";

Deno.test("readMetrics() reads whole lines and leaves out a torn one", async () => {
  using folder = tempFolder();
  const path = `${folder.path}/metrics.jsonl`;
  await Deno.writeTextFile(
    path,
    '{"step":0,"epoch":0,"train/elbo":-543.25}\n{"step":2,"epoch":0.5}\n{"step":3',
  );
  assertEquals(await readMetrics(path), [
    { step: 0, epoch: 0, values: { "train/elbo": -543.25 } },
    { step: 2, epoch: 0.5, values: {} },
  ]);
});

Deno.test("readMetrics() names the line and the rule it breaks", async () => {
  using folder = tempFolder();
  const path = `${folder.path}/metrics.jsonl`;
  const broken: readonly [line: string, rule: string][] = [
    ['{"step":1,', `Expected line 2 of ${path} to be JSON`],
    ['{"step":1.5,"epoch":1}', `Cannot read line 2 of ${path}: step:`],
    ['{"step":1}', `Cannot read line 2 of ${path}: epoch:`],
    ['{"step":1,"epoch":1,"kl":"x"}', `Cannot read line 2 of ${path}: kl:`],
  ];
  for (const [line, rule] of broken) {
    await Deno.writeTextFile(path, `{"step":0,"epoch":0}\n${line}\n`);
    await assertRejects(() => readMetrics(path), SyntaxError, rule);
  }
});
