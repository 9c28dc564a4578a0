import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertRejects,
} from "@std/assert";
import { pipeline } from "../../../pipelines/core/pipeline.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import {
  type MemoryRun,
  memoryRun,
} from "../../../pipelines/core/run/memory_run.ts";
import {
  EOS,
  tokenCounts,
  unigramEntropy,
} from "../../../pipelines/text/parallel/tokens.ts";
import { buildSeq2Seq } from "../../../pipelines/translation/build_seq2seq.ts";
import { readableSentences } from "../../../pipelines/translation/draw_attention.ts";
import { trainTranslator } from "../../../pipelines/translation/train_translator.ts";
import type { TranslationTraining } from "../../../pipelines/translation/translation_training.ts";
import type { SentencePair } from "../../../pipelines/text/parallel/corpus.ts";
import { smallCorpus, smallTraining } from "./small_corpus.ts";

const corpus = await smallCorpus(160);
const config = { ...smallTraining, corpus, maxLength: 14 };

const run = pipeline<typeof config>("test")
  .pipe(buildSeq2Seq).pipe(trainTranslator).give("training");

/** An epoch is 10 updates. */
function trained(
  changes: Partial<TranslationTraining> = {},
  store: MemoryRun = memoryRun(),
  signal?: AbortSignal,
) {
  return execute(run, { ...config, ...changes }, {
    seed: 0,
    device: "cpu",
    threads: 1,
    store,
    ...signal ? { signal } : {},
  });
}

Deno.test("the loss of the first update is the entropy of single words", async () => {
  const batch = corpus.train.length;
  const { training } = await trained({
    batch,
    buckets: 1,
    epochs: 1,
    recordEvery: 1,
    dropout: 0,
  });
  const first = training.history.flatMap(({ values }) =>
    values["train/loss"] ?? []
  )[0]!;
  const targets = corpus.train.map(({ target }) => target.slice(0, -1));
  const counts = tokenCounts(targets, corpus.targetTokens.names.length);

  assertAlmostEquals(first, unigramEntropy(counts), 0.05);
});

Deno.test("a translator learns: after 20 epochs the loss is a third of the first", async () => {
  const { training } = await trained({
    epochs: 20,
    dropout: 0,
    validations: 1,
  });
  const losses = training.history.flatMap(({ values }) =>
    values["train/loss"] ?? []
  );
  assertLess(losses.at(-1)!, losses[0]! / 3);
});

Deno.test("records tell loss, gradient and saturation, each in its range", async () => {
  const { training } = await trained({ epochs: 0.5 });
  const record = training.history.find(({ values }) => "train/loss" in values)!;
  assertEquals(Object.keys(record.values).sort(), [
    "gradient/norm",
    "saturated/start",
    "saturated/states",
    "train/loss",
  ]);
  assert(record.values["saturated/start"]! >= 0);
  assertLess(record.values["saturated/start"]!, 0.5);
});

Deno.test("a training that was stopped goes on to the same numbers", async () => {
  const whole = await trained();
  const store = memoryRun();
  const controller = new AbortController();
  const { record } = store.metrics;
  const stopping: MemoryRun = {
    ...store,
    metrics: {
      record: (line) => {
        record(line);
        if (line.step === 8) controller.abort();
      },
    },
  };
  await assertRejects(() => trained({}, stopping, controller.signal));
  const { training } = await trained({}, store);
  assertEquals(training.history, whole.training.history);
  assertEquals(training.bestStep, whole.training.bestStep);
});

/** When the update that has begun meanwhile is under way. */
async function later(): Promise<void> {
  for (let i = 0; i < 20; i++) await undefined;
}

Deno.test("a training that is stopped within its updates keeps them, and goes on from there", async () => {
  const changes = { validations: 1 };
  const whole = await trained(changes);
  const store = memoryRun();
  const controller = new AbortController();
  const { record } = store.metrics;
  const stopping: MemoryRun = {
    ...store,
    metrics: {
      record: (line) => {
        record(line);
        if (line.step === 4) void later().then(() => controller.abort());
      },
    },
  };
  await assertRejects(() => trained(changes, stopping, controller.signal));
  assertEquals((await store.checkpoints.restore(["test", "train"]))?.step, 8);
  const { training } = await trained(changes, store);
  assertEquals(training.history, whole.training.history);
});

Deno.test("the coins of teacher forcing change the training, and rate 0 learns too", async () => {
  const forced = await trained({ dropout: 0 });
  const free = await trained({ dropout: 0, forcing: 0 });
  const lossesOf = ({ training }: typeof forced) =>
    training.history.flatMap(({ values }) => values["train/loss"] ?? []);
  assert(`${lossesOf(forced)}` !== `${lossesOf(free)}`);
  assertLess(lossesOf(free).at(-1)!, lossesOf(free)[0]!);
});

Deno.test("sources end in a mark or not, targets always; long pairs are left out of training", async () => {
  const bare = await smallCorpus(160, { sourceEnd: "none" });
  assert(corpus.train.every(({ source }) => source.at(-1) === EOS));
  assert(bare.train.every(({ source }) => !source.includes(EOS)));
  assert(bare.train.every(({ target }) => target.at(-1) === EOS));
  assertLess(corpus.train.length, 160);
  const chosen = readableSentences(corpus.test, 12);
  assertEquals(readableSentences(bare.test, 12), chosen); // maps show the same sentences
  const wordsOf = ({ source, target }: SentencePair) => [
    source.length - 1,
    target.length - 1,
  ];
  const isShort = (pair: SentencePair) =>
    wordsOf(pair).every((n) => n >= 7 && n <= 14);
  assertEquals(
    corpus.test.flatMap((one, i) => isShort(one) ? [i] : []),
    chosen,
  );
  assert(corpus.train.every(({ target }) => target.length <= 14));
});
