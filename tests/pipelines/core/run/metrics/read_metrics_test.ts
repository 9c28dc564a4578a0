import { assertEquals, assertRejects } from "@std/assert";
import {
  readMetrics,
  refuseTorn,
} from "../../../../../pipelines/core/run/metrics/read_metrics.ts";
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

Deno.test("readMetrics() tells of a torn last line, and reads one that lacks only its newline", async () => {
  using folder = tempFolder();
  const path = `${folder.path}/metrics.jsonl`;
  const first = '{"step":0,"epoch":0}\n';
  await Deno.writeTextFile(path, `${first}{"step":3,"epoch":1}`);
  assertEquals((await readMetrics(path, refuseTorn)).length, 2);
  await Deno.writeTextFile(path, `${first}{"step":3,"ep`);
  await assertRejects(
    () => readMetrics(path, refuseTorn),
    SyntaxError,
    `Expected line 2 of ${path} to be JSON`,
  );
});

Deno.test("readMetrics() names the line and the rule it breaks", async () => {
  using folder = tempFolder();
  const path = `${folder.path}/metrics.jsonl`;
  const broken: readonly [line: string, rule: string][] = [
    ['{"step":1,', `Expected line 2 of ${path} to be JSON`],
    ['{"step":1.5,"epoch":1}', `Cannot read line 2 of ${path}: step:`],
    [
      '{"step":1,"epoch":1,"kl":1,"kl":2}',
      `Expected line 2 of ${path} to have the name "kl" once but found it twice`,
    ],
    ['{"step":1}', `Cannot read line 2 of ${path}: epoch:`],
    ['{"step":1,"epoch":1,"kl":"x"}', `Cannot read line 2 of ${path}: kl:`],
  ];
  for (const [line, rule] of broken) {
    await Deno.writeTextFile(path, `{"step":0,"epoch":0}\n${line}\n`);
    await assertRejects(() => readMetrics(path), SyntaxError, rule);
  }
});
