import { assertEquals, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { Bernoulli } from "../../../models/distributions/bernoulli.ts";
import golden from "../../golden/distributions.json" with { type: "json" };
import { bits, wave } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";

Deno.test("Bernoulli of zero logits gives every image of 784 pixels 784 log 2 nats", () => {
  const logits = tf.zeros([2, 784]);
  const images = bits<tf.Rank.R2>([2, 784], 0);
  const expected = -784 * Math.LN2; // -543.427
  // 784 additions of one number: the error of a running sum is at most 784 roundings
  assertClose(
    new Bernoulli(logits).logProb(images),
    [expected, expected],
    { roundings: 784 },
  );
});

Deno.test("Bernoulli.logProb() agrees with SciPy", () => {
  const bernoulli = new Bernoulli(wave([3, 5], 0.3, 4));
  // five terms of three roundings each
  assertClose(
    bernoulli.logProb(bits([3, 5], 1.1)),
    golden.bernoulliLogProb,
    { roundings: 15 },
  );
});

Deno.test("Bernoulli.logProb() neither overflows nor loses small probabilities", () => {
  const bernoulli = new Bernoulli(
    tf.tensor([[1000], [-1000], [-30], [30], [1000]]),
  );
  const values = tf.tensor([[1], [0], [0], [1], [0]]);
  const [sure, alsoSure, nearlySure, alsoNearly, wrong] = bernoulli
    .logProb(values).dataSync();
  assertEquals([sure, alsoSure, wrong], [0, 0, -1000]);
  assertEquals(nearlySure, alsoNearly);
  assertClose([nearlySure! / Math.exp(-30)], [-1], { roundings: 4 });
});

Deno.test("Bernoulli.logProb() has the gradient value - probability", () => {
  const logits = wave<tf.Rank.R1>([6], 0.2, 3);
  const values = bits<tf.Rank.R1>([6], 1);
  const gradient = tf.grad((l) => new Bernoulli(l).logProb(values))(logits);
  const expected = values.sub(tf.sigmoid(logits)).arraySync() as number[]; // rank 1
  assertClose(gradient, expected, { roundings: 2 });
});

Deno.test("Bernoulli.logProb() sums its gradients over broadcast axes", () => {
  const logits = wave<tf.Rank.R3>([3, 1, 20], 0.2, 3);
  const values = bits<tf.Rank.R2>([2, 20], 1);
  const weights = wave([3, 2], 1.3, 1);
  const weighed = (l: tf.Tensor, x: tf.Tensor) =>
    new Bernoulli(l).logProb(x).mul(weights).sum<tf.Scalar>();
  const bySoftplus = (l: tf.Tensor, x: tf.Tensor) =>
    x.mul(l).sub(tf.softplus(l)).sum(-1).mul(weights).sum<tf.Scalar>();
  const actual = tf.grads(weighed)([logits, values]);
  const expected = tf.grads(bySoftplus)([logits, values]);
  for (const [i, gradient] of actual.entries()) {
    // at most three terms of two roundings each, in either
    assertClose(gradient, [...expected[i]!.dataSync()], { roundings: 12 });
  }
});

for (const event of [1, 126, 131, 784]) { // 131 is prime: no product serves more than one number
  Deno.test(`Bernoulli.logProb() is right to its bound for ${event} numbers`, () => {
    const logits = wave<tf.Rank.R2>([3, event], 0.3, 12);
    const values = bits<tf.Rank.R1>([event], 1.1);
    const odds = logits.arraySync();
    const expected = odds.map((row) => -sumOfSoftplus(row, values.dataSync()));
    const actual = new Bernoulli(logits).logProb(values).dataSync();
    expected.forEach((value, i) => {
      // the bound of the products, and as many additions as there are numbers, each rounded once
      const tolerance = event * 2 ** -22 - event * 2 ** -24 * value;
      assertLess(Math.abs(actual[i]! - value), tolerance);
    });
  });
}

/** -log p in double precision: the sum of log(1 + exp(w)) with w the log odds against each value. */
function sumOfSoftplus(logits: number[], values: ArrayLike<number>): number {
  const against = logits.map((logit, i) => values[i] ? -logit : logit);
  return against.reduce((sum, w) => sum + Math.log1p(Math.exp(w)), 0);
}

Deno.test("Bernoulli.logProb() of long events neither overflows nor underflows", () => {
  const logits = tf.tensor2d([[1000, 1000], [-1000, -1000], [-30, 1000]]);
  const values = tf.tensor2d([[1, 0], [0, 0], [0, 1]]);
  const long = new Bernoulli(tf.tile(logits, [1, 20]));
  const logProb = long.logProb(tf.tile(values, [1, 20]));
  assertEquals([...logProb.dataSync()], [-20_000, 0, 0]);
  const coins = new Bernoulli(tf.zeros([784])); // each product of factors 1/2 is the least there can be
  assertClose(
    coins.logProb(tf.zeros([784])),
    -784 * Math.LN2,
    { roundings: 16 }, // 7 logarithms and their sum
  );
});

Deno.test("Bernoulli.sample() is one exactly where the noise lies below the probability", () => {
  const bernoulli = new Bernoulli(tf.tensor([0, 0, 100, -1000])); // probabilities 1/2, 1/2, 1, 0
  const samples = bernoulli.sample(tf.tensor([0.49, 0.5, 0.999, 0]));
  assertEquals([...samples.dataSync()], [1, 0, 1, 0]);
});
