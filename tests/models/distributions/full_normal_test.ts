import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { DiagonalNormal } from "../../../models/distributions/diagonal_normal.ts";
import { FullNormal } from "../../../models/distributions/full_normal.ts";
import golden from "../../golden/distributions.json" with { type: "json" };
import { waveValues } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";

/** The golden covariance L L^T, with L = lower triangle of a wave + 2 I. */
function covariance(phase: number): number[][] {
  const values = waveValues(16, phase);
  const factor = [0, 1, 2, 3].map((i) =>
    [0, 1, 2, 3].map((j) => j > i ? 0 : values[4 * i + j]! + (i === j ? 2 : 0))
  );
  return factor.map((row) =>
    factor.map((column) => row.reduce((sum, x, k) => sum + x * column[k]!, 0))
  );
}

const full = new FullNormal([...waveValues(4, 0.1)], covariance(0.4));
const other = new FullNormal([...waveValues(4, 0.6)], covariance(1.4));

Deno.test("FullNormal agrees with SciPy and PyTorch", () => {
  const logProb = full.logProb([...waveValues(4, 2.1, 3)]);
  // double precision on both sides; the golden numbers keep nine digits
  assertAlmostEquals(logProb, golden.fullNormalLogProb, 1e-8);
  assertAlmostEquals(full.kl(other), golden.fullNormalKl, 1e-8);
});

Deno.test("FullNormal with a diagonal covariance is a DiagonalNormal", () => {
  const diagonal = new DiagonalNormal(
    tf.tensor([1, -1]),
    tf.log(tf.tensor([4, 0.25])),
  );
  const logProb = new FullNormal([1, -1], [[4, 0], [0, 0.25]])
    .logProb([0.5, 0.5]);
  assertClose(diagonal.logProb(tf.tensor([0.5, 0.5])), logProb, {
    roundings: 12,
  });
});

Deno.test("FullNormal.kl() is zero to itself", () => {
  assertAlmostEquals(full.kl(full), 0, 1e-14); // a sum of numbers of size ten in double precision
});

Deno.test("FullNormal.sample() maps noise by the Cholesky factor", () => {
  const correlated = new FullNormal([1, 2], [[4, 2], [2, 5]]); // L = [[2, 0], [1, 2]]
  assertEquals(correlated.sample([1, -1]), [3, 1]);
});

Deno.test("FullNormal refuses a covariance that is not positive definite", () => {
  assertThrows(
    () => new FullNormal([0, 0], [[1, 2], [2, 1]]),
    RangeError,
    "Expected a positive definite matrix but found pivot -3 in row 1",
  );
});

Deno.test("FullNormal refuses more or fewer numbers than it is over", () => {
  for (const values of [[1], [1, 2, 3]]) {
    assertThrows(
      () => new FullNormal([0, 0], [[1, 0], [0, 1]]).logProb(values),
      RangeError,
      `Expected 2 numbers but found ${values.length}`,
    );
    const other = new FullNormal(
      values,
      values.map((_, i) => values.map((_, j) => Number(i === j))),
    );
    assertThrows(
      () => other.kl(new FullNormal([0, 0], [[1, 0], [0, 1]])),
      RangeError,
      `Expected 2 numbers but found ${values.length}`,
    );
  }
});
