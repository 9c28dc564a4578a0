import { assertEquals } from "@std/assert";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { RunningLogMeanExp } from "../../models/objectives/running_log_mean_exp.ts";
import { fitLine } from "../../pipelines/statistics/fit_line.ts";
import { meanAndError } from "../../pipelines/statistics/mean_and_error.ts";
import { bootstrapError } from "../../pipelines/text/metrics/bootstrap.ts";
import { bleuByLength } from "../../pipelines/translation/score_translations.ts";
import { plusMinus } from "../../pipelines/words/plus_minus.ts";

/** Errors of what was measured once, or without a degree of freedom: 0 would say that the number is exact. */
const errors: Readonly<Record<string, () => number>> = {
  "meanAndError() of one value": () => meanAndError([7]).standardError,
  "fitLine() of two points": () => fitLine([1, 3], [5, 9]).slopeError,
  "bootstrapError() of one sentence": () =>
    bootstrapError([[3, 4]], ([sum = 0]) => sum, keyFrom(0)),
  "bleuByLength() of one sentence": () => {
    const lines = ["a b c d e"];
    const [bin] = bleuByLength(lines, lines, [5], keyFrom(0));
    return bin!.bleu.standardError; // one for the length
  },
  "RunningLogMeanExp of one weight": () => {
    const weights = new RunningLogMeanExp(1);
    weights.add([-2]);
    return weights.standardErrors()[0]!; // one item
  },
};

for (const [name, error] of Object.entries(errors)) {
  Deno.test(`${name} does not know its error`, () => {
    assertEquals(error(), NaN);
    assertEquals(plusMinus({ mean: 1.25, standardError: error() }), "1.25");
  });
}
