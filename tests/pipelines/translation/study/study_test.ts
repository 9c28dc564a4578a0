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

Deno.test("each kind of translator differs from the first in one thing, or in two on the built-in text", () => {
  const base = {
    ...{ attention: "additive", sourceEnd: "eos", forcing: 1, text: "given" },
  };
  assertEquals(VARIANTS as object, {
    "attention": base,
    "no source end": { ...base, sourceEnd: "none" },
    "no attention": { ...base, attention: "none" },
    "forcing 0.5": { ...base, forcing: 0.5 },
    "forcing 0": { ...base, forcing: 0 },
    "grammar, additive": { ...base, text: "built-in" },
    "grammar, multiplicative": {
      ...{ ...base, text: "built-in", attention: "multiplicative" },
    },
    "grammar, location": { ...base, text: "built-in", attention: "location" },
  });
});
