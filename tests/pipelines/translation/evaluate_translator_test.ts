import { splitWords } from "../../../pipelines/text/parallel/words.ts";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { fold, keyFrom } from "../../../pipelines/core/random/key.ts";
import { pipeline } from "../../../pipelines/core/pipeline.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import {
  bleuStatistics,
  corpusBleu,
} from "../../../pipelines/text/metrics/bleu.ts";
import { bleuOf } from "../../../pipelines/text/metrics/bleu.ts";
import { bootstrapError } from "../../../pipelines/text/metrics/bootstrap.ts";
import { corpusChrf } from "../../../pipelines/text/metrics/chrf.ts";
import { buildSeq2Seq } from "../../../pipelines/translation/build_seq2seq.ts";
import {
  evaluateTranslator,
  penaltyOf,
  searchSettings,
} from "../../../pipelines/translation/evaluate_translator.ts";
import {
  bleuByLength,
  scoreTranslations,
} from "../../../pipelines/translation/score_translations.ts";
import { trainTranslator } from "../../../pipelines/translation/train_translator.ts";
import { smallCorpus, smallTraining } from "./small_corpus.ts";

const hypotheses = [
  "A b c d e",
  "x y",
  "a b c d",
  "The end of it all",
  "z z z z",
];
const references = [
  "a b c d f",
  "x y z w",
  "A B C D",
  "the end of it all",
  "y",
];

Deno.test("scoreTranslations() ignores case, and its errors are the bootstrap's", () => {
  const found = scoreTranslations(hypotheses, references, keyFrom(2));
  const lower = (lines: readonly string[]) =>
    lines.map((line) => line.toLowerCase());
  const same = {
    hypotheses: lower(hypotheses),
    references: [lower(references)],
  };
  const bleu = corpusBleu(same);
  assertAlmostEquals(found.bleu.score, bleu.score, 1e-12);
  assertAlmostEquals(found.chrf.score, corpusChrf(same).score, 1e-12);
  const plusPlus = corpusChrf(same, { wordOrder: 2 }).score;
  assertAlmostEquals(found.chrfPlusPlus, plusPlus, 1e-12);
  assertEquals(found.lengthRatio, 20 / 19);
  assertEquals(found.signature.includes("case:lc"), true);
  const rows = hypotheses.map((hypothesis, i) =>
    bleuStatistics(
      { hypothesis, references: [references[i]!] },
      { case: "lc" },
    )
  );
  const error = bootstrapError(
    rows,
    (sums) => bleuOf(sums).score,
    fold(keyFrom(2), "bleu"),
  );
  assertEquals(found.bleu.standardError, error);
  assertEquals(found.chrf.standardError > 0, true);
});

Deno.test("bleuByLength() sorts sentences into bins by the words of their sources", () => {
  const lengths = [1, 8, 9, 11, 12, 14, 15, 18, 19, 40];
  const lines = lengths.map((n) =>
    Array.from({ length: n }, (_, i) => `w${i}`).join(" ")
  );
  const bins = bleuByLength(lines, lines, lengths, keyFrom(0));
  assertEquals(
    bins.map((
      { range, meanLength, sentences },
    ) => [[...range], meanLength, sentences]),
    [
      ...[[[1, 8], 4.5, 2], [[9, 11], 10, 2], [[12, 14], 13, 2]],
      ...[[[15, 18], 16.5, 2], [[19, 40], 29.5, 2]],
    ],
  );
  assertEquals(bins.at(-1)!.bleu.score > 99.9, true);
  const [only] = bleuByLength(["a", "b c"], ["a", "x y"], [3, 30], keyFrom(0));
  assertEquals(only!.sentences, 1);
  assertEquals(bleuByLength(["a"], ["a"], [3], keyFrom(0)).length, 1);
});

Deno.test("penaltyOf() gives the exponent of Wu et al. 2016 to its own penalty alone", () => {
  assertEquals(penaltyOf("gnmt"), { kind: "gnmt", alpha: 0.6 });
  assertEquals(penaltyOf("length"), { kind: "length" });
  assertEquals(searchSettings.beams.fallback, 5);
});

Deno.test("evaluateTranslator() reads and writes the test sentences, greedily and by a beam", async () => {
  const corpus = await smallCorpus(96);
  const config = {
    ...{ ...smallTraining, epochs: 1, corpus, maxLength: 14, beams: 3 },
    lengthPenalty: "length" as const,
  };
  const run = pipeline<typeof config>("test").pipe(buildSeq2Seq)
    .pipe(trainTranslator).pipe(evaluateTranslator).give("evaluation");
  const { evaluation } = await execute(run, config, {
    ...{ seed: 0, device: "cpu", threads: 1 },
  });
  const { test, targetTokens } = corpus;
  const tokens = test.reduce((sum, { target }) => sum + target.length, 0);
  assertEquals(evaluation.loss.tokens, tokens);
  const said = evaluation.read.flatMap(({ surprisals }) => surprisals);
  assertAlmostEquals(
    evaluation.loss.loss,
    said.reduce((sum, one) => sum + one, 0) / tokens,
    1e-12,
  );
  for (const written of [evaluation.greedy, evaluation.beam]) {
    assertEquals(written.lines.length, test.length);
    const scores = corpusBleu({
      hypotheses: written.lines,
      references: [test.map(({ targetLine }) => targetLine)],
    }, { case: "lc" });
    assertAlmostEquals(written.scores.bleu.score, scores.score, 1e-12);
    const counted = written.byLength.reduce(
      (sum, one) => sum + one.sentences,
      0,
    );
    assertEquals(counted, test.length);
    const words = test.map(({ sourceLine }) => splitWords(sourceLine).length); // of all of it, cut or not
    assertEquals(written.byLength[0]!.range[0], Math.min(...words));
    assertEquals(written.byLength.at(-1)!.range[1], Math.max(...words));
    assertEquals(written.unended >= 0 && written.unended <= 1, true);
  }
  assertEquals(targetTokens.names.length > 4, true);
});
