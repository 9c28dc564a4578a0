import { assertAlmostEquals, assertEquals } from "@std/assert";
import { EOS, MARKS } from "../../../../pipelines/text/parallel/tokens.ts";
import { wordTokens } from "../../../../pipelines/text/parallel/words.ts";
import {
  alignmentErrorRate,
  claimedLinks,
} from "../../../../pipelines/translation/study/alignment_error.ts";
import {
  measureAttention,
  measureRow,
} from "../../../../pipelines/translation/study/attention_measures.ts";
import additive from "../../../golden/translation/bahdanau.json" with {
  type: "json",
};

const words = ["ein", "hund", ".", "<eos>"];

Deno.test("equal weights are spread wholly, and one weight not at all", () => {
  const equal = measureRow([0.25, 0.25, 0.25, 0.25], words, 0.5);
  assertAlmostEquals(equal.entropy, Math.log(4), 1e-12);
  assertAlmostEquals(equal.spread, 1, 1e-12);
  assertEquals(equal.uniform, 0.25);
  assertAlmostEquals(equal.diagonalDistance, 0, 1e-12);
  assertEquals([equal.end, equal.punctuation, equal.lastWord], [
    0.25,
    0.25,
    0.25,
  ]);
  const one = measureRow([0, 0, 0, 1], words, 0);
  assertEquals([one.entropy, one.end, one.diagonalDistance], [0, 1, 1]);
});

Deno.test("the entropy of attention is that of the second implementation", () => {
  for (const { weights, entropyNats } of additive.cases) {
    const width = weights.shape[1]!;
    entropyNats.forEach((expected, i) => {
      const row = weights.data.slice(i * width, (i + 1) * width);
      const { entropy } = measureRow(row, row.map(() => "a"), 0);
      assertAlmostEquals(entropy, expected, 1e-9);
    });
  }
});

Deno.test("the last word stands before the marks, and a sentence of marks has none", () => {
  assertEquals(measureRow([0.1, 0.7, 0.2, 0], words, 0).lastWord, 0.7);
  assertEquals(measureRow([0.5, 0.5], [".", "<eos>"], 0).lastWord, 0);
});

const tokens = wordTokens([...MARKS, "ein", "hund", "."]);
const corpus = {
  sourceLanguage: "de",
  targetLanguage: "en",
  sourceTokens: tokens,
  targetTokens: tokens,
  train: [],
  validation: [],
  test: [],
};
const pair = { source: [4, 5, EOS], target: [4, 5, 6, EOS] };
const read = {
  surprisals: [],
  weights: [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.2, 0.3, 0.5]],
};

Deno.test("steps are told apart by what is predicted", () => {
  const found = measureAttention([pair], [read], corpus);
  assertEquals(Object.keys(found), [
    "first",
    "word",
    "punctuation",
    "end",
    "all",
  ]);
  assertEquals(found.all?.steps, 4);
  // positions 0, 1/2, 1 and 0.65 of the sentence beside steps 0, 1/3, 2/3 and 1
  assertAlmostEquals(found.word!.diagonalDistance, 1 / 6, 1e-12);
  assertAlmostEquals(found.punctuation!.diagonalDistance, 1 / 3, 1e-12);
  assertAlmostEquals(found.end!.diagonalDistance, 0.35, 1e-12);
  assertEquals(found.first!.diagonalDistance, 0);
  assertEquals(found.end?.end, 0.5);
  assertAlmostEquals(found.all!.end, 1.5 / 4, 1e-12);
});

Deno.test("a word is linked with what it looks at most, unless that is the end", () => {
  assertEquals(claimedLinks(pair, read), [[0, 0], [1, 1]]);
});

Deno.test("the alignment error rate by hand: 2 of 3 claims are true, of 4 links: 1 - 4 / 7", () => {
  const claimed = [[[0, 0], [1, 1], [2, 0]]] as const;
  const truth = [[[0, 0], [1, 1], [1, 2], [3, 3]]] as const;
  assertAlmostEquals(alignmentErrorRate(claimed, truth), 1 - 4 / 7, 1e-12);
  assertEquals(alignmentErrorRate(truth, truth), 0);
  assertEquals(alignmentErrorRate([[]], truth), 1);
});
