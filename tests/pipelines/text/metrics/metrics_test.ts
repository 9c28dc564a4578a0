import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import {
  bleuOf,
  bleuStatistics,
  corpusBleu,
} from "../../../../pipelines/text/metrics/bleu.ts";
import { bootstrapError } from "../../../../pipelines/text/metrics/bootstrap.ts";
import { corpusChrf } from "../../../../pipelines/text/metrics/chrf.ts";
import { sumRows } from "../../../../pipelines/text/metrics/references.ts";
import { splitWhiteSpace } from "../../../../pipelines/text/metrics/white_space.ts";

Deno.test("BLEU by hand: 5 of 6 words, 3 of 5 pairs, 2 of 4 triples, 1 of 3 fours", () => {
  const { counts, totals, score } = corpusBleu({
    hypotheses: ["a b c d x e"],
    references: [["a b c d e y"]],
  });
  assertEquals([counts, totals], [[5, 3, 2, 1], [6, 5, 4, 3]]);
  assertAlmostEquals(
    score,
    100 * (5 / 6 * 3 / 5 * 2 / 4 * 1 / 3) ** 0.25,
    1e-9,
  );
});

Deno.test("chrF by hand: with single characters and beta 1, the harmonic mean of 2/3 and 2/4", () => {
  const { score } = corpusChrf(
    { hypotheses: ["a b x"], references: [["abcd"]] },
    { characterOrder: 1, beta: 1 },
  );
  assertAlmostEquals(
    score,
    100 * 2 * (2 / 3) * (1 / 2) / (2 / 3 + 1 / 2),
    1e-9,
  );
});

/** Lines, each with one that has the same characters and the same words for chrF++. */
const sameWords = {
  "(ab cd": "( ab cd",
  "(abc de": "( abc de",
  "ab) cd": "ab ) cd",
  "abc! de": "abc ! de",
};

for (const [line, words] of Object.entries(sameWords)) {
  Deno.test(`chrF++ finds the words of "${words}" in "${line}"`, () => {
    const { score } = corpusChrf(
      { hypotheses: [line], references: [[words]] },
      { characterOrder: 1, wordOrder: 2 },
    );
    assertAlmostEquals(score, 100, 1e-9);
  });
}

Deno.test("corpus BLEU of three tokens is 0, and their sentence BLEU 100", () => {
  const same = { hypotheses: ["a b c"], references: [["a b c"]] };
  assertEquals(corpusBleu(same).score, 0);
  assertAlmostEquals(
    corpusBleu(same, { effectiveOrder: "yes" }).score,
    100,
    1e-9,
  );
});

Deno.test("the BLEU of a corpus is that of its summed statistics, not a mean over sentences", () => {
  const sentences = [
    { hypothesis: "a b c d e", references: ["a b c d e"] },
    { hypothesis: "x y", references: ["a b c d"] },
  ];
  const rows = sentences.map((one) => bleuStatistics(one));
  assertEquals(
    bleuOf(sumRows(rows)).score,
    corpusBleu({
      hypotheses: sentences.map(({ hypothesis }) => hypothesis),
      references: [sentences.map(({ references }) => references[0]!)],
    }).score,
  );
});

Deno.test("the bootstrap finds the standard error of a mean: s / sqrt(n)", () => {
  const rows = Array.from({ length: 400 }, (_, i) => [i % 2, 1]);
  const mean = ([sum = 0, count = 1]: readonly number[]) => sum / count;
  const error = bootstrapError(rows, mean, keyFrom(0));
  // the standard deviation of 400 resamplings has an error of 3.5 %
  assertAlmostEquals(error, 0.5 / 20, 4 * 0.035 * 0.025);
});

Deno.test("a byte order mark at the end of a line belongs to its last word, as in Python", () => {
  const { counts, totals } = corpusBleu({
    hypotheses: ["a b c d\ufeff \x1f\n"],
    references: [["a b c d"]],
  });
  assertEquals([counts, totals], [[3, 2, 1, 0], [4, 3, 2, 1]]);
});

Deno.test("white space is Python's: a control cuts, a byte order mark does not", () => {
  assertEquals(splitWhiteSpace(" a\x1fb\u3000c\ufeffd\n"), [
    "a",
    "b",
    "c\ufeffd",
  ]);
});

Deno.test("scores refuse what cannot be paired", () => {
  assertThrows(
    () => corpusBleu({ hypotheses: [], references: [[]] }),
    RangeError,
    "Expected at least one hypothesis",
  );
  assertThrows(
    () => corpusChrf({ hypotheses: ["a"], references: [["a", "b"]] }),
    RangeError,
    "Expected 1 references, as many as hypotheses, but found 2",
  );
  assertThrows(
    () => corpusBleu({ hypotheses: ["a"], references: [[""]] }),
    RangeError,
    "Expected a reference for sentence 1 but found none",
  );
});
