import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  singularVectorSpec,
  spectralNorm,
  spectralNormBy,
} from "../../../models/normalization/spectral_norm.ts";
import golden from "../../golden/gan.json" with { type: "json" };
import { wave } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";

const { spectralNorm: expected } = golden;

Deno.test("spectralNorm() estimates the largest singular value as PyTorch does, iteration by iteration", () => {
  const weight = tf.tensor2d(expected.W);
  let left: tf.Tensor = tf.tensor1d(expected.u0);
  for (const sigma of expected.sigmaByIteration) {
    const made = spectralNorm(weight, left);
    assertClose(made.sigma, sigma, { roundings: 16 }); // products of 4 numbers, three times
    // the estimate without a further iteration lies between this one and the next
    const again = spectralNormBy(weight, made.left).sigma.dataSync()[0]!;
    assertEquals(again >= sigma - 1e-5 && again <= expected.sigmaExact, true);
    left = made.left;
  }
});

Deno.test("spectralNorm() leaves a weight of rank one with norm 1 at once, and its gradient along itself is 0", () => {
  const weight = tf.outerProduct(
    tf.tensor1d([1, 2, 2]),
    tf.tensor1d([3, 0, 4]),
  ); // norm 3 * 5
  const made = spectralNorm(weight, tf.tensor1d([1, 1, 0]));
  assertClose(made.sigma, 15, { roundings: 8 });
  assertClose(made.weight.norm(), 1, { roundings: 8 });
  // w / sigma(w) does not change along w
  const direction = weight.clone(); // held, as `weight` itself is not
  const gradient = tf.grad((w) =>
    spectralNorm(w, tf.tensor1d([1, 1, 0])).weight.mul(direction).sum()
  )(weight);
  assertClose(gradient.mul(weight).sum(), 0, { roundings: 15 * 8 });
});

Deno.test("spectralNorm()'s gradient is that of w / sigma with d sigma = left right^T", () => {
  const weight = wave<tf.Rank.R2>([4, 3], 0.4);
  const direction = wave<tf.Rank.R2>([4, 3], 1.3);
  const left = wave<tf.Rank.R1>([4], 0.2);
  const gradient = tf.grad((w) =>
    spectralNorm(w, left).weight.mul(direction).sum()
  )(weight);
  const { sigma, left: u } = spectralNorm(weight, left);
  const column = u.as2D(4, 1);
  const right = weight.transpose().matMul(left.as2D(4, 1));
  const v = right.div(right.norm());
  const inner = weight.mul(direction).sum();
  const wanted = direction.div(sigma).sub(
    column.matMul(v.transpose()).mul(inner).div(sigma.square()),
  );
  assertClose(gradient, Array.from(wanted.dataSync()), { roundings: 32 });
});

Deno.test("a filter's singular vector spans all axes but the last", () => {
  assertEquals(singularVectorSpec({ shape: [4, 4, 3, 8] }).shape, [48]);
  const filter = wave<tf.Rank.R4>([2, 2, 2, 3], 0.1);
  const made = spectralNorm(filter, tf.ones([8]));
  assertEquals(made.weight.shape, [2, 2, 2, 3]);
});

Deno.test("a filter is normalized as the matrix of its leading axes by the last", () => {
  const filter = wave<tf.Rank.R4>([2, 1, 4, 3], 0.1);
  const matrix = filter.as2D(8, 3);
  const left = wave<tf.Rank.R1>([8], 0.7);
  for (const normalize of [spectralNorm, spectralNormBy]) {
    const [one, two] = [normalize(filter, left), normalize(matrix, left)];
    assertEquals(one.sigma.dataSync(), two.sigma.dataSync());
    assertEquals(one.left.dataSync(), two.left.dataSync());
    assertEquals(one.weight.dataSync(), two.weight.dataSync());
  }
});
