import { assertEquals } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { EOS } from "../../../pipelines/text/parallel/tokens.ts";
import { reportGru } from "../../../pipelines/translation/gru/report_gru.ts";
import { summarizeGru } from "../../../pipelines/translation/gru/summarize_gru.ts";
import type { InitialNorms } from "../../../pipelines/translation/many/initial_norms.ts";
import type { ManyResults } from "../../../pipelines/translation/many/many_cases.ts";
import type { DirectionMeasures } from "../../../pipelines/translation/many/measure_many.ts";
import { reportMany } from "../../../pipelines/translation/many/report_many.ts";
import { summarizeMany } from "../../../pipelines/translation/many/summarize_many.ts";
import { reportIn } from "../report_in.ts";
import { assertNumbers } from "../assert_numbers.ts";

const scores = (bleu: number) => ({
  bleu: { score: bleu, standardError: 0.5 },
  chrf: { score: bleu + 20, standardError: 0.25 },
  ...{ chrfPlusPlus: bleu + 18, lengthRatio: 0.96875, signature: "BLEU|lc" },
});

const direction = (
  name: string,
  bleu: number,
  rest: Partial<DirectionMeasures> = {},
): DirectionMeasures => ({
  ...{ name, isLearned: true, tag: "tagged", scores: scores(bleu) },
  ...{ rightLanguage: 0.75, unended: 0.125 },
  ...rest,
});

const results: ManyResults = {
  all: {
    directions: [
      direction("de-en", 30),
      direction("en-de", 25),
      direction("de-fr", 12, { isLearned: false }),
      direction("de-fr", 3, {
        ...{ isLearned: false, tag: "bare", rightLanguage: 0.0625 },
      }),
    ],
    history: [
      { step: 10, losses: { "de-en": 3, "en-de": 4 } },
      { step: 20, losses: { "de-en": 2, "en-de": 2.5 } },
    ],
    parameters: 1_234_567,
    moments: [],
  },
  singles: {
    "de-en": {
      directions: [direction("de-en", 33)],
      history: [{ step: 20, losses: { "de-en": 1.75 } }],
      parameters: 1_000_000,
      moments: [],
    },
  },
};

const initialNorms: readonly InitialNorms[] = [
  {
    ...{ normalization: "pre", layers: 3, encoder: [4, 3, 2] },
    decoder: [8, 4, 1],
  },
  {
    ...{ normalization: "post", layers: 2, encoder: [0.5, 5] },
    decoder: [1, 30],
  },
];

Deno.test("reportMany() tells learned directions beside those alone, unseen ones, and gradients", async () => {
  const report = async (results: ManyResults) => {
    const store = memoryRun();
    await execute(reportMany, { results, initialNorms, normHistories: [] }, {
      seed: 0,
      store,
    });
    return reportIn(store);
  };
  assertEquals(
    await report(results),
    "One model of 1,234,567 numbers for 2 directions; BLEU in lower case, greedy, with " +
      "errors over sentences: de-en 30.00 ± 0.50 (alone 33.00 ± 0.50), en-de 25.00 ± 0.50. " +
      "Models of one direction had as many updates, all of them on it.\nDirections that were " +
      "never learned: de-fr 12.00 ± 0.50, 75 % in the right language; de-fr without tag 3.00 ± " +
      "0.50, 6 % in the right language.\nBefore training, the gradient after the last layer " +
      "over that after the first: pre-norm with 3 layers 0.500 in the encoder and 0.125 in the " +
      "decoder; post-norm with 2 layers 10.0 in the encoder and 30.0 in the decoder.",
  );
  const { all } = results;
  const seen = all.directions.filter(({ isLearned }) => isLearned);
  const learned = await report({
    ...results,
    all: { ...all, directions: seen },
  });
  assertEquals(learned.split("\n").length, 2); // nothing of what was never learned
});

Deno.test("summarizeMany() names each direction, with its last loss and the growth of gradients", async () => {
  const { summary } = await execute(
    summarizeMany,
    { results, initialNorms, normHistories: [] },
    { seed: 0 },
  );
  assertNumbers(summary, {
    "parameters": 1234567,
    "all/de-en/validationLoss": 2,
    "all/en-de/validationLoss": 2.5,
    "all/de-en/bleu": 30,
    "all/de-en/bleuStdErr": 0.5,
    "all/de-en/chrf": 50,
    "all/de-en/lengthRatio": 0.96875,
    "all/de-en/rightLanguage": 0.75,
    "all/de-en/unended": 0.125,
    "all/en-de/bleu": 25,
    "all/en-de/bleuStdErr": 0.5,
    "all/en-de/chrf": 45,
    "all/en-de/lengthRatio": 0.96875,
    "all/en-de/rightLanguage": 0.75,
    "all/en-de/unended": 0.125,
    "all/de-fr/bleu": 12,
    "all/de-fr/bleuStdErr": 0.5,
    "all/de-fr/chrf": 32,
    "all/de-fr/lengthRatio": 0.96875,
    "all/de-fr/rightLanguage": 0.75,
    "all/de-fr/unended": 0.125,
    "all/de-fr/bare/bleu": 3,
    "all/de-fr/bare/bleuStdErr": 0.5,
    "all/de-fr/bare/chrf": 23,
    "all/de-fr/bare/lengthRatio": 0.96875,
    "all/de-fr/bare/rightLanguage": 0.0625,
    "all/de-fr/bare/unended": 0.125,
    "single/de-en/de-en/validationLoss": 1.75,
    "single/de-en/de-en/bleu": 33,
    "single/de-en/de-en/bleuStdErr": 0.5,
    "single/de-en/de-en/chrf": 53,
    "single/de-en/de-en/lengthRatio": 0.96875,
    "single/de-en/de-en/rightLanguage": 0.75,
    "single/de-en/de-en/unended": 0.125,
    "initial/pre/3/encoder/lastOverFirst": 0.5,
    "initial/pre/3/decoder/lastOverFirst": 0.125,
    "initial/post/2/encoder/lastOverFirst": 10,
    "initial/post/2/decoder/lastOverFirst": 30,
  });
});

const written = (bleu: number, unended: number) => ({
  ...{ lines: [], scores: scores(bleu), unended },
  byLength: [
    {
      ...{ range: [2, 7] as const, meanLength: 5, sentences: 40 },
      bleu: { score: 41, standardError: 2 },
    },
    {
      ...{ range: [9, 11] as const, meanLength: 10, sentences: 60 },
      bleu: { score: 28, standardError: 1 },
    },
  ],
});

const input = {
  translator: { model: { variables: { a: { size: 5 }, b: { size: 7 } } } },
  corpus: {
    ...{ sourceLanguage: "de", targetLanguage: "en", test: new Array(100) },
    sourceTokens: { names: new Array(50) },
    targetTokens: { names: new Array(6) },
    train: [{ target: [4, 5, EOS] }, { target: [4, EOS] }],
  },
  training: {
    history: [
      { step: 1, epoch: 0, values: { "validation/loss": 5 } },
      {
        ...{ step: 2, epoch: 1 },
        values: { "validation/loss": 2, "saturated/start": 0.5 },
      },
      {
        ...{ step: 3, epoch: 2 },
        values: { "validation/loss": 3, "saturated/start": 0.25 },
      },
    ],
    ...{ snapshots: [], steps: 30, bestStep: 20 },
  },
  evaluation: {
    ...{ loss: { loss: Math.log(4), tokens: 9 }, read: [] },
    ...{ greedy: written(30, 0), beam: written(32, 0.0625) },
  },
};

Deno.test("reportGru() tells the loss, both searches, and BLEU by length", async () => {
  const store = memoryRun();
  const { corpus, training, evaluation } = input;
  await execute(
    reportGru,
    { corpus, training, evaluation } as never, // what is read of them
    { seed: 0, store },
  );
  assertEquals(
    reportIn(store),
    "After 20 weight updates the test loss is 1.386 nats per target token, ends included " +
      "(perplexity 4.00), with the true words before each. Of 100 sentences from de to en, " +
      "greedy search has BLEU 30.00 ± 0.50, chrF2 50.00 ± 0.25, chrF++ 48.0 and 0.969 times " +
      "the references' length; beam search has BLEU 32.00 ± 0.50, chrF2 52.00 ± 0.25, chrF++ " +
      "50.0 and 0.969 times the references' length, and 6.3 % reach the greatest length. " +
      "Everything is in lower case, and so are the references: BLEU|lc; errors are over " +
      "sentences, by the bootstrap.\nBLEU by the length of the source (greedy): 41.0 ± 2.0 for " +
      "2 to 7 words (40 sentences), 28.0 ± 1.0 for 9 to 11 words (60 sentences).",
  );
});

Deno.test("summarizeGru() names first and least losses, the entropy of single words, and both searches", async () => {
  const { summary } = await execute(
    summarizeGru,
    input as never, // what is read of it
    { seed: 0 },
  );
  // tokens 4, 4, 5 and two ends: 2/5, 1/5, 2/5
  const entropy = -(0.8 * Math.log(0.4) + 0.2 * Math.log(0.2));
  const { unigramEntropy, ...rest } = summary;
  assertNumbers({ unigramEntropy: unigramEntropy! }, {
    unigramEntropy: entropy,
  });
  assertNumbers(rest, {
    "parameters": 12,
    "sourceVocabulary": 50,
    "targetVocabulary": 6,
    "steps": 30,
    "bestStep": 20,
    "validation/firstLoss": 5,
    "validation/loss": 2,
    "test/loss": 1.38629436112,
    "test/perplexity": 4,
    "train/saturatedStart": 0.25,
    "test/greedy/bleu": 30,
    "test/greedy/bleuStdErr": 0.5,
    "test/greedy/chrf": 50,
    "test/greedy/chrfStdErr": 0.25,
    "test/greedy/chrfPlusPlus": 48,
    "test/greedy/lengthRatio": 0.96875,
    "test/greedy/unended": 0,
    "test/beam/bleu": 32,
    "test/beam/bleuStdErr": 0.5,
    "test/beam/chrf": 52,
    "test/beam/chrfStdErr": 0.25,
    "test/beam/chrfPlusPlus": 50,
    "test/beam/lengthRatio": 0.96875,
    "test/beam/unended": 0.0625,
  });
});
