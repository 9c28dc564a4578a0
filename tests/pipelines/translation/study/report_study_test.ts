import { assertEquals } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import type {
  AttentionMeasures,
  StepKind,
} from "../../../../pipelines/translation/study/attention_measures.ts";
import type { CaseMeasures } from "../../../../pipelines/translation/study/measure_case.ts";
import { reportStudy } from "../../../../pipelines/translation/study/report_study.ts";
import type {
  CaseKind,
  KindResult,
} from "../../../../pipelines/translation/study/study_cases.ts";
import { summarizeStudy } from "../../../../pipelines/translation/study/summarize_study.ts";
import { assertNumbers } from "../../assert_numbers.ts";
import { reportIn } from "../../report_in.ts";

/** Measures of attention that all differ, from a number on. */
const attention = (from: number): AttentionMeasures => ({
  ...{ entropy: from, spread: from / 8, diagonalDistance: from / 16 },
  ...{ end: from / 32, uniform: from / 40, punctuation: from / 50 },
  ...{ lastWord: from / 64 },
});

const bin = (bleu: number) => ({
  ...{ range: [1, 2] as const, meanLength: 2, sentences: 3 },
  bleu: { score: bleu, standardError: 1 },
});

/** A translator whose numbers rise with its seed and kind. */
function measures(base: number, seed: number): CaseMeasures {
  const up = base + seed;
  const kinds: readonly (StepKind | "all")[] = ["first", "word", "end", "all"];
  const read = kinds.map((kind, i) => [kind, attention(1 + i + up / 100)]);
  const own: Partial<CaseMeasures> = {
    scores: {
      bleu: { score: up, standardError: 9 },
      chrf: { score: up + 30, standardError: 9 },
      ...{ chrfPlusPlus: 0, lengthRatio: 0.9 + up / 1000, signature: "" },
    },
    ...{ testLoss: 3 - up / 50, losses: [], alignmentError: up / 400 },
    byLength: [bin(up + 9), bin(up + 2), bin(up - 1), bin(up - 6 - seed)],
    exposure: [
      { position: 1, own: 4, forced: 3, sentences: 3 },
      { position: 2, own: 6 + seed, forced: 2, sentences: 1 },
    ] as never,
    endless: {
      ...{ bleu: up / 2, lengthRatio: 2 + up / 100, samePrefix: up / 100 },
      ...{ repeats: up / 200, behindEnd: attention(up / 10) },
    } as never,
    attention: Object.fromEntries(read) as never,
  };
  return own as CaseMeasures; // what is read of it
}

const kinds: Readonly<Record<string, number>> = {
  ...{ "attention": 30, "no attention": 20, "no source end": 24 },
  ...{ "forcing 0.5": 26, "forcing 0": 12 },
  ...{ "grammar, additive": 80, "grammar, multiplicative": 70 },
  ...{ "grammar, location": 60 },
};

const resultsOf = (seeds: readonly number[]): readonly KindResult[] =>
  Object.entries(kinds).map(([kind, base]) => ({
    kind: kind as CaseKind,
    measures: seeds.map((seed) => measures(base, seed)),
  }));

async function report(
  seeds: readonly number[],
  results: readonly KindResult[] = resultsOf(seeds),
) {
  const store = memoryRun();
  await execute(reportStudy, { results }, { seed: 0, store });
  return reportIn(store).split("\n");
}

Deno.test("reportStudy() answers each question with means over seeds", async () => {
  const [seeds, spread, end, length, forcing, alignment] = await report([0, 2]);
  assertEquals(
    seeds,
    "Means over 2 seeds, with standard errors; BLEU in lower case, greedy.",
  );
  assertEquals(
    spread,
    "How attention spreads: its entropy is 2.310 ± 0.010 nats (0.2887 ± 0.0013 of that of " +
      "equal weights) while words are predicted, 1.310 ± 0.010 (0.1638 ± 0.0013) for the first " +
      "word and 3.310 ± 0.010 (0.4137 ± 0.0013) for the end: it is spread most while the end " +
      "is predicted. Its mean position is 0.14437 ± 0.00063 of the sentence away from the " +
      "diagonal for words, 0.08188 ± 0.00063 for the first word and 0.20687 ± 0.00063 for the " +
      "end. The end of the source gets 7.219 ± 0.031 % of the weight from words, 4.094 ± 0.031 " +
      "% from the first word and 10.344 ± 0.031 % from the end itself, where equal weights " +
      "would give 8.275 ± 0.025 %; marks of punctuation get 4.620 ± 0.020 % from words and " +
      "6.620 ± 0.020 % from the end.",
  );
  assertEquals(
    end,
    "Without an end on the source BLEU is 25.0 ± 1.0 instead of 31.0 ± 1.0: seed by seed that " +
      "is more than two errors apart. While the end is predicted, the last word gets 5.078 ± 0.016 % " +
      "instead of 5.172 ± 0.016 %, and punctuation 6.500 ± 0.020 % instead of 6.620 ± 0.020 %. " +
      "If the end must not be written, translations are 2.310 ± 0.010 times as long as the " +
      "references, BLEU is 15.50 ± 0.50, and 31.0 ± 1.0 % of them begin as before; behind the " +
      "natural end 15.50 ± 0.50 % of the words repeat the word before, and attention puts 4.84 " +
      "± 0.16 % on the last word, 6.20 ± 0.20 % on punctuation and 9.69 ± 0.31 % on the end.",
  );
  assertEquals(
    length,
    "Without attention BLEU is 21.0 ± 1.0 instead of 31.0 ± 1.0; from sentences of middle " +
      "length to the longest it changes by -9.0 ± 1.0 points without attention, and by -9.0 ± " +
      "1.0 with it.",
  );
  assertEquals(
    forcing,
    "Teacher forcing, at equal updates: with 1, BLEU is 31.0 ± 1.0, the loss after true " +
      "words 2.380 ± 0.020, and own words cost 2.00 ± 0.25 nats more per token than true ones; " +
      "with 0.5, BLEU is 27.0 ± 1.0, the loss after true words 2.460 ± 0.020, and own words " +
      "cost 2.00 ± 0.25 nats more per token than true ones; with 0, BLEU is 13.0 ± 1.0, the " +
      "loss after true words 2.740 ± 0.020, and own words cost 2.00 ± 0.25 nats more per token " +
      "than true ones.",
  );
  assertEquals(
    alignment,
    "On the built-in sentences, whose links are known, the alignment error rate of the word " +
      "that is looked at most is 20.25 ± 0.25 % (additive, BLEU 81.0 ± 1.0), 17.75 ± 0.25 % " +
      "(multiplicative, BLEU 71.0 ± 1.0), 15.25 ± 0.25 % (location, BLEU 61.0 ± 1.0).",
  );
});

Deno.test("reportStudy() of one seed judges no differences, and of pairs that disagree finds none", async () => {
  const [seeds, , end] = await report([1]);
  assertEquals(seeds, "Means over 1 seed; BLEU in lower case, greedy.");
  assertEquals(
    end!.split(". While")[0],
    "Without an end on the source BLEU is 25 instead of 31: one seed cannot tell whether " +
      "that is chance",
  );
  // differences of -8 and 20 in pairs, where equal seeds would have 6 twice
  const turned = resultsOf([0, 14]).map((one) =>
    one.kind === "no source end"
      ? { ...one, measures: one.measures.toReversed() }
      : one
  );
  const [, , near] = await report([0, 14], turned);
  assertEquals(
    near!.split(". While")[0],
    "Without an end on the source BLEU is 31.0 ± 7.0 instead of 37.0 ± 7.0: seed by seed no " +
      "difference beyond two errors",
  );
});

Deno.test("summarizeStudy() names means over seeds, and their errors where there are several", async () => {
  const of = async (seeds: readonly number[]) => {
    const results = resultsOf(seeds).slice(0, 1);
    return (await execute(summarizeStudy, { results }, { seed: 0 })).summary;
  };
  const summary = await of([0, 2]);
  assertNumbers(summary, {
    "attention/test/loss": 2.38,
    "attention/test/lossStdErr": 0.02,
    "attention/test/bleu": 31,
    "attention/test/bleuStdErr": 1,
    "attention/test/chrf": 61,
    "attention/test/chrfStdErr": 1,
    "attention/test/lengthRatio": 0.931,
    "attention/test/lengthRatioStdErr": 0.001,
    "attention/test/lengthEffect": -9,
    "attention/test/lengthEffectStdErr": 1,
    "attention/test/exposureGap": 2,
    "attention/test/exposureGapStdErr": 0.25,
    "attention/endless/bleu": 15.5,
    "attention/endless/bleuStdErr": 0.5,
    "attention/endless/lengthRatio": 2.31,
    "attention/endless/lengthRatioStdErr": 0.01,
    "attention/endless/samePrefix": 0.31,
    "attention/endless/samePrefixStdErr": 0.01,
    "attention/endless/repeats": 0.155,
    "attention/endless/repeatsStdErr": 0.005,
    "attention/endless/lastWord": 0.0484375,
    "attention/endless/lastWordStdErr": 0.0015625,
    "attention/endless/punctuation": 0.062,
    "attention/endless/punctuationStdErr": 0.002,
    "attention/endless/end": 0.096875,
    "attention/endless/endStdErr": 0.003125,
    "attention/alignmentError": 0.0775,
    "attention/alignmentErrorStdErr": 0.0025,
    "attention/attention/first/entropy": 1.31,
    "attention/attention/first/entropyStdErr": 0.01,
    "attention/attention/first/spread": 0.16375,
    "attention/attention/first/spreadStdErr": 0.00125,
    "attention/attention/first/diagonalDistance": 0.081875,
    "attention/attention/first/diagonalDistanceStdErr": 0.000625,
    "attention/attention/first/end": 0.0409375,
    "attention/attention/first/endStdErr": 0.0003125,
    "attention/attention/first/punctuation": 0.0262,
    "attention/attention/first/punctuationStdErr": 0.0002,
    "attention/attention/first/lastWord": 0.02046875,
    "attention/attention/first/lastWordStdErr": 0.00015625,
    "attention/attention/first/uniform": 0.03275,
    "attention/attention/first/uniformStdErr": 0.00025,
    "attention/attention/word/entropy": 2.31,
    "attention/attention/word/entropyStdErr": 0.01,
    "attention/attention/word/spread": 0.28875,
    "attention/attention/word/spreadStdErr": 0.00125,
    "attention/attention/word/diagonalDistance": 0.144375,
    "attention/attention/word/diagonalDistanceStdErr": 0.000625,
    "attention/attention/word/end": 0.0721875,
    "attention/attention/word/endStdErr": 0.0003125,
    "attention/attention/word/punctuation": 0.0462,
    "attention/attention/word/punctuationStdErr": 0.0002,
    "attention/attention/word/lastWord": 0.03609375,
    "attention/attention/word/lastWordStdErr": 0.00015625,
    "attention/attention/word/uniform": 0.05775,
    "attention/attention/word/uniformStdErr": 0.00025,
    "attention/attention/end/entropy": 3.31,
    "attention/attention/end/entropyStdErr": 0.01,
    "attention/attention/end/spread": 0.41375,
    "attention/attention/end/spreadStdErr": 0.00125,
    "attention/attention/end/diagonalDistance": 0.206875,
    "attention/attention/end/diagonalDistanceStdErr": 0.000625,
    "attention/attention/end/end": 0.1034375,
    "attention/attention/end/endStdErr": 0.0003125,
    "attention/attention/end/punctuation": 0.0662,
    "attention/attention/end/punctuationStdErr": 0.0002,
    "attention/attention/end/lastWord": 0.05171875,
    "attention/attention/end/lastWordStdErr": 0.00015625,
    "attention/attention/end/uniform": 0.08275,
    "attention/attention/end/uniformStdErr": 0.00025,
    "attention/attention/all/entropy": 4.31,
    "attention/attention/all/entropyStdErr": 0.01,
    "attention/attention/all/spread": 0.53875,
    "attention/attention/all/spreadStdErr": 0.00125,
    "attention/attention/all/diagonalDistance": 0.269375,
    "attention/attention/all/diagonalDistanceStdErr": 0.000625,
    "attention/attention/all/end": 0.1346875,
    "attention/attention/all/endStdErr": 0.0003125,
    "attention/attention/all/punctuation": 0.0862,
    "attention/attention/all/punctuationStdErr": 0.0002,
    "attention/attention/all/lastWord": 0.06734375,
    "attention/attention/all/lastWordStdErr": 0.00015625,
    "attention/attention/all/uniform": 0.10775,
    "attention/attention/all/uniformStdErr": 0.00025,
  });
  const alone = await of([0]);
  assertEquals(Object.keys(alone).some((name) => /StdErr/.test(name)), false);
});
