import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import {
  type MemoryRun,
  memoryRun,
} from "../../../../pipelines/core/run/memory_run.ts";
import { builtInTranslation } from "../../../../pipelines/text/parallel/built_in_translation.ts";
import { EOS } from "../../../../pipelines/text/parallel/tokens.ts";
import { trainManyCases } from "../../../../pipelines/translation/many/many_cases.ts";
import {
  loadMany,
  manyCorpus,
} from "../../../../pipelines/translation/many/many_corpus.ts";
import { languageGuesser } from "../../../../pipelines/translation/many/measure_many.ts";

const text = builtInTranslation();
const { corpus: many, file } = manyCorpus(text, {
  others: ["de"],
  pieces: 160,
  maxLength: 20,
  sentences: 64,
  measureSentences: 8,
});

Deno.test("sources begin with the tag of their target and end in a mark; targets end in a mark", () => {
  assertEquals(
    many.directions.map(({ source, target }) => `${source}-${target}`),
    [
      "de-en",
      "en-de",
    ],
  );
  for (const direction of many.directions) {
    const tag = many.tags[direction.target]!;
    assertEquals(many.tokens.names[tag], `<2${direction.target}>`);
    for (const { source, target } of many.pairs("train", direction)) {
      assertEquals([source[0], source.at(-1)], [tag, EOS]);
      assert(!target.includes(tag));
      assertEquals(target.at(-1), EOS);
    }
    const [bare] = many.pairs("test", direction, "bare");
    const [tagged] = many.pairs("test", direction);
    const cut = tagged!.source.length - 1; // at the greatest length
    assertEquals([tag, ...bare!.source.slice(0, cut)], tagged!.source);
  }
});

Deno.test("the vocabulary file lists tags as special pieces", () => {
  const { added_tokens: added } = JSON.parse(file);
  assertEquals(
    added.map(({ content }: { content: string }) => content).slice(4),
    [
      "<2de>",
      "<2en>",
    ],
  );
});

Deno.test("languages are told by their words", () => {
  const guess = languageGuesser({
    de: text.train.lines["de"]!.slice(0, 200),
    en: text.train.lines["en"]!.slice(0, 200),
  });
  assert(text.test.lines["de"]!.every((line) => guess(line) === "de"));
  assert(text.test.lines["en"]!.every((line) => guess(line) === "en"));
});

const settings = {
  many,
  maxLength: 20,
  singles: ["en-de"],
  normalization: "pre",
  layers: 1,
  width: 32,
  heads: 4,
  feedForward: 2,
  steps: 100,
  learningRate: 0.01,
  warmUp: 20,
  decay: "inverse-root",
  batch: 32,
  buckets: 1,
  dropout: 0,
  smoothing: 0.1,
  clip: 1,
  recordEvery: 20,
  validateEvery: 50,
} as const;

type Settings = Omit<typeof settings, "steps" | "recordEvery"> & {
  readonly steps: number;
  readonly recordEvery: number;
};

const run = pipeline<Settings>("test").pipe(trainManyCases).give(
  "results",
);

Deno.test("one model learns both directions, and a single one beside it", async () => {
  const { results: { all, singles } } = await execute(run, settings, {
    seed: 0,
    device: "cpu",
    threads: 1,
  });
  const first = all.history[0]!.losses;
  const sum = (losses: Readonly<Record<string, number>>) =>
    Object.values(losses).reduce((total, one) => total + one, 0);
  const best = all.history.map(({ losses }) => losses) // whose weights are kept
    .reduce((a, b) => sum(b) < sum(a) ? b : a);
  assertEquals(Object.keys(best), ["de-en", "en-de"]);
  for (const name of Object.keys(best)) {
    assertLess(best[name]!, first[name]! - 1.5);
  }
  assertEquals(Object.keys(singles), ["en-de"]);
  assertEquals(all.directions.map(({ isLearned }) => isLearned), [true, true]);
  assertEquals(singles["en-de"]!.directions.length, 1);
  const { moments } = all;
  assertEquals(moments.map(({ step }) => step), [20, 40, 50, 60, 80, 100]);
  assert(
    moments.every(({ encoder, decoder }) => encoder[0]! * decoder[0]! > 0),
  );
});

Deno.test("a transformer that is stopped within its updates keeps them", async () => {
  const store = memoryRun();
  const controller = new AbortController();
  const { record } = store.metrics;
  const stopping: MemoryRun = {
    ...store,
    metrics: {
      record: (line) => {
        record(line);
        if (line.step === 2) void later().then(() => controller.abort());
      },
    },
  };
  const later = async () => { // when the next update is under way
    for (let i = 0; i < 20; i++) await undefined;
  };
  await assertRejects(() =>
    execute(run, { ...settings, steps: 8, recordEvery: 2 }, {
      seed: 0,
      device: "cpu",
      threads: 1,
      store: stopping,
      signal: controller.signal,
    })
  );
  const kept = await store.checkpoints.restore(["test", "models", "all"]);
  assertEquals(kept?.step, 4);
});

Deno.test("single directions that are not learned are refused with those that are", async () => {
  await assertRejects(
    () =>
      execute(run, { ...settings, singles: ["fr-en"] as never }, { seed: 0 }),
    Error,
    "Expected singles among de-en, en-de but found fr-en",
  );
});

Deno.test("languages that occur twice, and none at all, are refused", async () => {
  const load = pipeline<{ data: string; others: readonly ("de" | "fr")[] }>(
    "test",
  ).pipe(loadMany).give("many");
  const refused = [
    [
      ["de", "de"],
      'Cannot use others: Expected different values between commas but found "de,de"',
    ],
    [
      [],
      'Cannot use others: Expected at least 1 value between commas but found ""',
    ],
  ] as const;
  for (const [others, reason] of refused) {
    await assertRejects(
      () =>
        execute(load, { data: "grammar", others }, { seed: 0, device: "tfjs" }),
      Error,
      reason,
    );
  }
});
