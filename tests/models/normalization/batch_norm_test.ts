import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";
import {
  batchNorm,
  channelStatistics,
  moveStatistics,
  normalizeBy,
} from "../../../models/normalization/batch_norm.ts";
import golden from "../../golden/gan.json" with { type: "json" };
import { wave } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";

const { batchNorm: expected } = golden;
const parameters = {
  scale: tf.tensor1d(expected.gamma),
  shift: tf.tensor1d(expected.beta),
};
const real = tf.tensor2d(expected.real);
const fake = tf.tensor2d(expected.fake);
const start = { mean: tf.zeros([2]), variance: tf.ones([2]) };
// four numbers of size 4 are rounded, summed, and divided by a deviation of 0.7
const roundings = 32;

Deno.test("batchNorm() agrees with PyTorch on two batches in turn, and so do the moving statistics", () => {
  assertClose(batchNorm(real, parameters), expected.separateReal, {
    roundings,
  });
  assertClose(batchNorm(fake, parameters), expected.separateFake, {
    roundings,
  });
  const afterReal = moveStatistics(start, channelStatistics(real));
  const afterFake = moveStatistics(afterReal, channelStatistics(fake));
  const at = (one: typeof start) => [one.mean, one.variance];
  at(afterReal).forEach((found, i) =>
    assertClose(found, expected.afterReal[i]!, { roundings })
  );
  at(afterFake).forEach((found, i) =>
    assertClose(found, expected.afterFake[i]!, { roundings })
  );
  assertClose(normalizeBy(real, parameters, afterFake), expected.evalReal, {
    roundings,
  });
});

Deno.test("batchNorm() of two batches together tells each of the other", () => {
  const together = batchNorm(tf.concat([real, fake]), parameters);
  assertClose(together, expected.together, { roundings });
});

Deno.test("batchNorm() of (1, 3) and (5, 3) is -1 and 1, and no more than its shift where a channel is constant", () => {
  const plain = { scale: tf.ones([2]), shift: tf.tensor1d([0, 7]) };
  const y = batchNorm(tf.tensor2d([[1, 3], [5, 3]]), plain);
  // 1e-5 beside a variance of 4 is 1.25e-6 of the result, or 21 roundings
  assertClose(y, [[-1, 7], [1, 7]], { roundings: 32 });
});

Deno.test("batchNorm()'s gradients are those of its formula, also for images", () => {
  const x = wave<tf.Rank.R4>([3, 2, 2, 3], 0.4);
  const scale = wave<tf.Rank.R1>([3], 1.1);
  const shift = wave<tf.Rank.R1>([3], 2.3);
  const direction = wave<tf.Rank.R4>([3, 2, 2, 3], 0.9);
  const formula = () => {
    const mean = x.mean([0, 1, 2]);
    const centred = x.sub(mean);
    const deviation = centred.square().mean([0, 1, 2]).add(1e-5).sqrt();
    return centred.div(deviation).mul(scale).add(shift);
  };
  const through = (f: () => tf.Tensor) =>
    valueAndGradients(() => f().mul(direction).sum(), { x, scale, shift });
  const wanted = through(formula);
  const found = through(() => batchNorm(x, { scale, shift }));
  for (const name of ["x", "scale", "shift"] as const) {
    // sums of 12 numbers, twice
    assertClose(
      found.gradients[name]!,
      Array.from(wanted.gradients[name]!.dataSync()),
      { roundings: 64, name },
    );
  }
});

Deno.test("batchNorm() has second derivatives", () => {
  const direction = wave<tf.Rank.R2>([4, 2], 0.3);
  const along = wave<tf.Rank.R2>([4, 2], 1.9);
  const slope = (x: tf.Tensor) =>
    tf.grad((x) => batchNorm(x, parameters).mul(direction))(x);
  const second = tf.grad((x) => slope(x).mul(along))(real);
  const h = 1 / 64;
  const difference = slope(real.add(along.mul(h)))
    .sub(slope(real.sub(along.mul(h)))).div(2 * h);
  // H v by differences against grad(g . v), which is symmetric: h^2 / 6 = 4e-5 of third derivatives of size 25
  assertClose(second, Array.from(difference.dataSync()), {
    roundings: 1e-3 * 2 ** 24,
  });
});

Deno.test("channelStatistics() refuses a batch of one", () => {
  assertThrows(
    () => channelStatistics(tf.ones([1, 3])),
    RangeError,
    "Expected at least 2 numbers of each channel but found 1",
  );
  assertEquals(channelStatistics(tf.ones([2, 3])).mean.shape, [3]);
});
