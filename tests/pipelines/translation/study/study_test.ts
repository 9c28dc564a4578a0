import { assert, assertEquals } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { attentionStudy } from "../../../../pipelines/translation/study/attention_study.ts";
import { VARIANTS } from "../../../../pipelines/translation/study/study_cases.ts";
import { smallTraining } from "../small_corpus.ts";

Deno.test("a small study measures every kind and answers every question", async () => {
  const store = memoryRun();
  const { attention: _, forcing: __, ...training } = smallTraining;
  const { summary } = await execute(attentionStudy, {
    ...training,
    data: "grammar",
    source: "de",
    target: "en",
    minCount: 1,
    maxLength: 12,
    sentences: 48,
    measureSentences: 3,
    buckets: 1,
    validations: 1,
    seeds: 1,
  }, { seed: 0, device: "cpu", threads: 1, store });
  for (const kind of Object.keys(VARIANTS)) {
    const name = kind.replaceAll(/, | /g, "-");
    assert(Number.isFinite(summary[`${name}/test/bleu`]), name);
  }
  assertEquals(summary["no-attention/attention/all/entropy"], undefined);
  assertEquals(summary["no-source-end/attention/end/end"], 0);
  const report = String(store.files.get("report.txt"));
  for (
    const question of [
      "How attention spreads",
      "Without an end on the source",
      "Without attention",
      "Teacher forcing",
      "alignment error rate",
    ]
  ) assert(report.replaceAll("\n", " ").includes(question), question);
  assertEquals([...store.figures.keys()].sort(), [
    "attention-ends",
    "attention-links",
    "attention-mass",
    "bleu-by-length",
    "exposure",
    "forcing-loss",
  ]);
});
