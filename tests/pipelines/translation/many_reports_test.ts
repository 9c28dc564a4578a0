import type { NormHistory } from "../../../pipelines/translation/many/follow_norms.ts";
import { assertEquals } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import type { InitialNorms } from "../../../pipelines/translation/many/initial_norms.ts";
import type { ManyResults } from "../../../pipelines/translation/many/many_cases.ts";
import type { DirectionMeasures } from "../../../pipelines/translation/many/measure_many.ts";
import { reportMany } from "../../../pipelines/translation/many/report_many.ts";
import { summarizeMany } from "../../../pipelines/translation/many/summarize_many.ts";
import { reportIn } from "../report_in.ts";
import { assertNumbers } from "../assert_numbers.ts";
import { scores } from "./some_scores.ts";

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

const normHistories: readonly NormHistory[] = [{
  ...{ normalization: "pre", layers: 2 },
  moments: [
    { step: 10, loss: 5, encoder: [4, 3], decoder: [8, 1] },
    { step: 60, loss: 4, encoder: [5, 3], decoder: [2, 1] },
  ],
}];

Deno.test("reportMany() tells learned directions beside those alone, unseen ones, and gradients", async () => {
  const report = async (results: ManyResults) => {
    const store = memoryRun();
    await execute(reportMany, { results, initialNorms, normHistories }, {
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
      "decoder; post-norm with 2 layers 10.0 in the encoder and 30.0 in the decoder.\nThe same " +
      "ratio while models of each kind learn, from their first updates to their last (60): " +
      "pre-norm with 2 layers from 0.750 to 0.600 in the encoder, from 0.125 to 0.500 in the " +
      "decoder, at a training loss of 4.00 nats per token.",
  );
  const { all } = results;
  const seen = all.directions.filter(({ isLearned }) => isLearned);
  const learned = await report({
    ...results,
    all: { ...all, directions: seen },
  });
  assertEquals(learned.split("\n").length, 3); // nothing of what was never learned
});

Deno.test("summarizeMany() names each direction, with its last loss and the growth of gradients", async () => {
  const { summary } = await execute(
    summarizeMany,
    { results, initialNorms, normHistories },
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
    "norms/pre/2/encoder/start/lastOverFirst": 0.75,
    "norms/pre/2/encoder/end/lastOverFirst": 0.6,
    "norms/pre/2/decoder/start/lastOverFirst": 0.125,
    "norms/pre/2/decoder/end/lastOverFirst": 0.5,
    "norms/pre/2/train/lastLoss": 4,
  });
});
