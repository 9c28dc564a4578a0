import { assertAlmostEquals, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { logWeights } from "../../../models/objectives/log_weights.ts";
import golden from "../../golden/vae.json" with { type: "json" };
import { wave } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";
import { linearGaussian } from "../linear_gaussian.ts";
import { smallVae } from "../small_vae.ts";

Deno.test("logWeights() agrees with PyTorch", () => {
  using small = smallVae();
  const weights = logWeights(small.vae, small.images, small.noise);
  // 6 pixels, 5 hidden, 2 latents: 13 products on a path, of up to six roundings each
  assertClose(weights, golden.logWeights, { roundings: 80 });
});

Deno.test("logWeights() under the exact posterior are all log p(x)", () => {
  const model = linearGaussian();
  const image = [0.3, -1.2, 0.8];
  const noise = wave<tf.Rank.R3>([50, 1, 2], 0.4, 2);
  const weights = logWeights(model, tf.tensor2d([image]), noise);
  for (const weight of weights.dataSync()) {
    // 30 roundings of numbers up to 20, the terms for |noise| = 2: 4e-5
    assertAlmostEquals(weight, model.exactLogLikelihood(image), 4e-5);
  }
});

Deno.test("logWeights() under a wrong posterior scatter", () => {
  const model = linearGaussian(tf.scalar(0.5));
  const noise = wave<tf.Rank.R3>([50, 1, 2], 0.4, 2);
  const weights = logWeights(model, tf.tensor2d([[0.3, -1.2, 0.8]]), noise);
  const { variance } = tf.moments(weights);
  // d log w / d noise = -precision shift standardDeviation = -1.1 and -1.3, times noise of variance about 2
  assertLess(1, variance.dataSync()[0]!);
});
