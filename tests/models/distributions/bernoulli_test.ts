import { assertEquals } from "@std/assert";
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
  const bernoulli = new Bernoulli(tf.tensor([[1000], [-1000], [-30], [1000]]));
  const values = tf.tensor([[1], [0], [0], [0]]);
  const [sure, alsoSure, nearlySure, wrong] = bernoulli.logProb(values)
    .dataSync();
  assertEquals([sure, alsoSure, wrong], [0, 0, -1000]);
  assertClose([nearlySure! / Math.exp(-30)], [-1], { roundings: 4 });
});

Deno.test("Bernoulli.logProb() has the gradient value - probability", () => {
  const logits = wave<tf.Rank.R1>([6], 0.2, 3);
  const values = bits<tf.Rank.R1>([6], 1);
  const gradient = tf.grad((l) => new Bernoulli(l).logProb(values))(logits);
  const expected = values.sub(tf.sigmoid(logits)).arraySync() as number[]; // rank 1
  assertClose(gradient, expected, { roundings: 2 });
});

Deno.test("Bernoulli.sample() is one exactly where the noise lies below the probability", () => {
  const bernoulli = new Bernoulli(tf.tensor([0, 0, 100, -1000])); // probabilities 1/2, 1/2, 1, 0
  const samples = bernoulli.sample(tf.tensor([0.49, 0.5, 0.999, 0]));
  assertEquals([...samples.dataSync()], [1, 0, 1, 0]);
});
