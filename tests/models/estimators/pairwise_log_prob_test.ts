import * as tf from "@tensorflow/tfjs";
import { Bernoulli } from "../../../models/distributions/bernoulli.ts";
import { pairwiseLogProb } from "../../../models/estimators/pairwise_log_prob.ts";
import { bits, wave } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";

Deno.test("pairwiseLogProb() is Bernoulli.logProb() of each pair", () => {
  const pixels = new Bernoulli(wave<tf.Rank.R2>([3, 6], 0.4, 3));
  const images = bits<tf.Rank.R2>([2, 6], 1.1);
  const expected = tf.unstack(images).map((
    image,
  ) => [...pixels.logProb(image).dataSync()]);
  const pairs = pairwiseLogProb(pixels, images);
  assertClose(pairs.transpose(), expected, { roundings: 20 }); // sums of six products and six softplus
});

Deno.test("pairwiseLogProb() of fair coins is -log 2 for each pixel", () => {
  const pixels = new Bernoulli(tf.zeros([2, 784]));
  const pairs = pairwiseLogProb(pixels, bits<tf.Rank.R2>([1, 784], 0.3));
  assertClose(pairs, [-543.4273895, -543.4273895], { roundings: 784 });
});
