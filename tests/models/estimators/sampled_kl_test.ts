import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import {
  controlledKlTerms,
  plainKlTerms,
} from "../../../models/estimators/sampled_kl.ts";

/** The log ratios and probabilities of q = (1/4, 3/4) to p = (1/2, 1/2). */
const q = [0.25, 0.75];
const logRatios = q.map((q) => Math.log(q / 0.5));

function expectation(terms: Float64Array): number {
  return terms.reduce((sum, term, i) => sum + q[i]! * term, 0);
}

Deno.test("both kinds of terms have the expectation KL(q || p)", () => {
  // (log(1/2) + 3 log(3/2)) / 4 = 3/4 log 3 - log 2
  const kl = 0.75 * Math.log(3) - Math.LN2;
  assertAlmostEquals(expectation(plainKlTerms(logRatios)), kl, 1e-15);
  assertAlmostEquals(expectation(controlledKlTerms(logRatios)), kl, 1e-15);
});

Deno.test("controlledKlTerms() are never negative, zero at equality, and exact near it", () => {
  assertEquals([...controlledKlTerms([0])], [0]);
  const tiny = 2 ** -20;
  const [above, below] = controlledKlTerms([tiny, -tiny]);
  assertGreater(above!, 0);
  assertGreater(below!, 0);
  // e^-x - 1 + x = x^2 / 2 - x^3 / 6 + ...; expm1 keeps what is left to a rounding of x
  assertAlmostEquals(above!, tiny ** 2 / 2 - tiny ** 3 / 6, tiny * 2 ** -52);
});
