import { assertEquals } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { EOS } from "../../../pipelines/text/parallel/tokens.ts";
import { reportGru } from "../../../pipelines/translation/gru/report_gru.ts";
import { summarizeGru } from "../../../pipelines/translation/gru/summarize_gru.ts";
import { reportIn } from "../report_in.ts";
import { assertNumbers } from "../assert_numbers.ts";
import { scores } from "./some_scores.ts";

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
    validation: [{ target: [5, EOS] }],
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
    // counts of 2, 1, 2 and three of 0, a tenth more of each: 1.1 and 2.1 of 5.6
    "validation/unigramCrossEntropy":
      -(Math.fround(Math.log(1.1 / 5.6)) + Math.fround(Math.log(2.1 / 5.6))) /
      2,
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
