import { assertEquals, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";
import { sampledElbo } from "../../../models/objectives/elbo.ts";
import {
  iwaeBound,
  normalizedWeights,
} from "../../../models/objectives/iwae_bound.ts";
import { logWeights } from "../../../models/objectives/log_weights.ts";
import golden from "../../golden/vae.json" with { type: "json" };
import { wave } from "../../golden/waves.ts";
import { assertClose, type Nested } from "../assert_close.ts";
import { smallVae } from "../small_vae.ts";

const roundings = 80; // 6 pixels, 5 hidden, 2 latents: 13 products on a path, of up to six roundings each

Deno.test("iwaeBound() of weights 1 and 3 is log 2", () => {
  const bound = iwaeBound(tf.tensor2d([[0], [Math.log(3)]]));
  assertClose(bound, [Math.LN2], { roundings: 4 });
});

Deno.test("iwaeBound() agrees with PyTorch, and so do its gradients", () => {
  using small = smallVae();
  const { vae, images, noise } = small;
  const bound = () => iwaeBound(logWeights(vae, images, noise));
  const loss = () => bound().mean().neg().asScalar();
  const { gradients } = valueAndGradients(loss, vae.variables);
  assertClose(bound(), golden.iwaeBound, { roundings });
  const expected: Record<string, Nested> = golden.gradientsOfLoss.iwaeBound;
  for (const [name, gradient] of Object.entries(gradients)) {
    assertClose(gradient, expected[name]!, { roundings, name });
  }
});

Deno.test("iwaeBound() with one importance sample equals sampledElbo()", () => {
  const weights = wave<tf.Rank.R2>([1, 5], 0.3, 400);
  assertEquals(
    iwaeBound(weights).dataSync(),
    sampledElbo(weights).dataSync(),
  );
});

Deno.test("iwaeBound() averaged over all pairs of weights lies between the ELBO and the bound of all", () => {
  // Burda et al. 2016, theorem 1, holds exactly for averages over subsets of one set of weights.
  const [rows, columns] = [6, 3];
  const weights = wave<tf.Rank.R2>([rows, columns], 0.3, 2);
  const unstacked = tf.unstack(weights);
  const pairs = unstacked.flatMap((a, i) =>
    unstacked.slice(i + 1).map((b) => iwaeBound(tf.stack([a, b]).as2D(2, 3)))
  );
  const one = sampledElbo(weights).dataSync();
  const two = tf.stack(pairs).mean(0).dataSync();
  const six = iwaeBound(weights).dataSync();
  for (let i = 0; i < columns; i++) {
    assertLess(one[i]!, two[i]!);
    assertLess(two[i]!, six[i]!);
  }
});

Deno.test("iwaeBound() is finite where the weights themselves underflow", () => {
  const bound = iwaeBound(tf.tensor2d([[-5000], [-5000], [-6000]]));
  assertClose(bound, [-5000 + Math.log(2 / 3)], { roundings: 2 });
});

Deno.test("normalizedWeights() sum to one and keep the ratios", () => {
  const weights = normalizedWeights(tf.tensor2d([[-700], [-700 + Math.LN2]]));
  // the difference of numbers of size 700 is off by 700 roundings
  assertClose(weights, [[1 / 3], [2 / 3]], { roundings: 2 * 700 });
});

Deno.test("iwaeBound() has second derivatives", () => {
  // d^2 / dx^2 of log((e^x + 1) / 2) is s (1 - s) with s = sigmoid(x)
  const slope = tf.grad((x) =>
    iwaeBound(tf.concat([x, tf.zeros([1])]).as2D(2, 1))
  );
  const curvature = tf.grad((x) => slope(x))(tf.tensor1d([0]));
  assertClose(curvature, [0.25], { roundings: 6 });
});
