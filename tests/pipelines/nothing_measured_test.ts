import { assertRejects, assertThrows } from "@std/assert";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { execute } from "../../pipelines/core/run/execute.ts";
import { logMeanExp } from "../../pipelines/flow/log_mean_exp.ts";
import { ringCoverage } from "../../pipelines/gan/modes/ring.ts";
import { classCoverage } from "../../pipelines/images/features/image_quality.ts";
import { histogramBits } from "../../pipelines/images/grey_histogram.ts";
import { fitLine } from "../../pipelines/statistics/fit_line.ts";
import { momentsOf } from "../../pipelines/statistics/frechet_distance.ts";
import { meanAndError } from "../../pipelines/statistics/mean_and_error.ts";
import { precisionAndRecall } from "../../pipelines/statistics/nearest_neighbours.ts";
import { bootstrapError } from "../../pipelines/text/metrics/bootstrap.ts";
import { chooseSizes } from "../../pipelines/text/parallel/buckets.ts";
import { builtInTranslation } from "../../pipelines/text/parallel/built_in_translation.ts";
import { joinLines } from "../../pipelines/text/parallel/parse_parallel.ts";
import { measureInitialNorms } from "../../pipelines/translation/many/initial_norms.ts";
import { manyCorpus } from "../../pipelines/translation/many/many_corpus.ts";
import { tokenLoss } from "../../pipelines/translation/read_targets.ts";
import { scoreTranslations } from "../../pipelines/translation/score_translations.ts";
import { smallCorpus } from "./translation/small_corpus.ts";

const none = new Float32Array();
const noImages = {
  pixels: new Uint8Array(),
  labels: new Uint8Array(),
  count: 0,
  rows: 2,
  columns: 2,
};

/** Measurements of nothing, whose mean would be no number. */
const measurements: Readonly<Record<string, () => unknown>> = {
  meanAndError: () => meanAndError([]),
  fitLine: () => fitLine([], []),
  momentsOf: () => momentsOf(none, 2),
  precisionAndRecall: () => precisionAndRecall(none, none, 2),
  logMeanExp: () => logMeanExp([]),
  classCoverage: () => classCoverage({ probabilities: none, count: 0 }),
  ringCoverage: () => ringCoverage([]),
  histogramBits: () => histogramBits(noImages, noImages),
  bootstrapError: () => bootstrapError([], () => 0, keyFrom(0)),
  scoreTranslations: () => scoreTranslations([], [], keyFrom(0)),
  tokenLoss: () => tokenLoss([]),
  chooseSizes: () => chooseSizes([], 2),
};

for (const [name, measure] of Object.entries(measurements)) {
  Deno.test(`${name}() of nothing is refused`, () => {
    assertThrows(measure, RangeError, "Expected ");
  });
}

const sizes = {
  others: ["de"],
  pieces: 100,
  sentences: 20,
  measureSentences: 2,
} as const;

Deno.test("text whose lines are all empty in a language is refused when it is read", () => {
  const file = (language: string, lines: readonly string[]) => ({
    ...{ language, path: `train.${language}`, lines },
  });
  assertThrows(
    () => joinLines([file("de", ["ein", ""]), file("en", ["", "a"])]),
    SyntaxError,
    "Expected sentences in all languages but each of the 2 lines of train.de is empty in one of them",
  );
});

Deno.test("sentences that are all too long to learn from are refused before any work, with the rule and the value", async () => {
  await assertRejects(
    () => smallCorpus(20, { maxLength: 2 }),
    Error,
    "Expected training sentences of at most 2 tokens, ends included, but the shortest of 20 pairs has",
  );
  assertThrows(
    () => manyCorpus(builtInTranslation(), { ...sizes, maxLength: 4 }),
    RangeError,
    "Expected training sentences de-en of at most 4 tokens, tag and end included, but found none",
  );
});

Deno.test("measureInitialNorms() refuses a corpus without sentences to learn from", async () => {
  const { corpus } = manyCorpus(builtInTranslation(), {
    ...sizes,
    maxLength: 40,
  });
  const many = { ...corpus, pairs: () => [] };
  await assertRejects(
    () =>
      execute(measureInitialNorms, {
        ...{ many, width: 8, heads: 2, feedForward: 2, maxLength: 8 },
        ...{ depths: [1], initialSeeds: 1 },
      }, { seed: 0, device: "tfjs" }),
    Error,
    "Expected training sentences to measure gradients on but found none",
  );
});
