import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { Bernoulli } from "../../../models/distributions/bernoulli.ts";
import { StandardNormal } from "../../../models/distributions/standard_normal.ts";
import {
  logMassOfImages,
  pixelDistribution,
  samplePixels,
} from "../../../models/distributions/pixel_likelihood.ts";

const LOGITS = [-7, -0.4, 3];

/** log of the integral over [0, 1] of exp(logProb) of one pixel, by Simpson's rule with 2,000 parts. */
function integrated(
  likelihood: "bernoulli" | "continuous-bernoulli" | "normal",
  logit: number,
): number {
  const parts = 2000;
  const places = Float32Array.from({ length: parts + 1 }, (_, i) => i / parts);
  const x = tf.tensor2d(places, [parts + 1, 1]);
  const pixels = pixelDistribution(likelihood, tf.tensor1d([logit]), VARIANCE);
  const density = pixels.logProb(x).exp().dataSync();
  let sum = density[0]! + density[parts]!;
  for (let i = 1; i < parts; i++) sum += (i % 2 ? 4 : 2) * density[i]!;
  return Math.log(sum / (3 * parts));
}

const VARIANCE = tf.tensor1d([Math.log(0.09)]);

for (
  const likelihood of ["bernoulli", "continuous-bernoulli", "normal"] as const
) {
  Deno.test(`logMassOfImages() of ${likelihood} pixels is the integral of their density`, () => {
    const pixels = pixelDistribution(likelihood, tf.tensor(LOGITS), VARIANCE);
    const expected = LOGITS.reduce(
      (sum, logit) => sum + integrated(likelihood, logit),
      0,
    );
    // Simpson's rule is exact to (1/2000)^4 times the fourth derivative, below 1e-9; float32 densities to 1e-6 each.
    const found = logMassOfImages(pixels).dataSync()[0]!;
    assertAlmostEquals(found, expected, 1e-5);
  });
}

Deno.test("a continuous Bernoulli sample is the inverse of the distribution function", () => {
  // F(x) = (exp(l x) - 1) / (exp(l) - 1); both tails, flat, and logits that would overflow
  const logits = [-200, -3, -1e-5, 0, 2, 200];
  const noise = 0.3;
  const pixels = pixelDistribution("continuous-bernoulli", tf.tensor(logits));
  const found = samplePixels(pixels, tf.fill([6], noise)).dataSync();
  logits.forEach((l, i) => {
    const u = l > 0 ? 1 - noise : noise; // positive logits are drawn from the other end
    const exact = Math.abs(l) < 1e-3
      ? noise
      : l > 100
      ? 1 + Math.log(u) / l
      : Math.log1p(u * Math.expm1(l)) / l;
    // roundings of float32 near 1 over a slope of at least 1e-3; flatter ones are drawn with that slope
    const rounding = 2 ** -24 / 1e-3;
    const slope = Math.abs(l) < 1e-3 ? 1e-3 * noise * (1 - noise) / 2 : 0;
    assertAlmostEquals(found[i]!, exact, rounding + slope);
  });
});

Deno.test("samplePixels() draws binary pixels from a Bernoulli, and moves normal noise", () => {
  const logits = tf.tensor([-2, 2]);
  const binary = samplePixels(
    pixelDistribution("bernoulli", logits),
    tf.tensor([0.5, 0.5]),
  );
  assertEquals([...binary.dataSync()], [0, 1]);
  const zero = samplePixels(
    pixelDistribution("normal", logits, VARIANCE),
    tf.zeros([2]),
  );
  assertEquals(zero.dataSync(), tf.sigmoid(logits).dataSync());
});

Deno.test("distributions without pixels are refused", () => {
  const other = Object.assign(new StandardNormal(), { mean: tf.scalar(0) });
  for (
    const use of [
      () => logMassOfImages(other),
      () => samplePixels(other, tf.scalar(0)),
    ]
  ) {
    assertThrows(use, TypeError, "Expected pixels of a known distribution");
  }
  assertEquals(
    pixelDistribution("bernoulli", tf.zeros([1])) instanceof Bernoulli,
    true,
  );
});

Deno.test("normal pixels have variance 1 unless another is given", () => {
  const pixels = pixelDistribution("normal", tf.tensor2d([[0, 0]])); // means 1/2
  const found = pixels.logProb(tf.tensor2d([[0.5, 1.5]])).dataSync()[0]!;
  assertAlmostEquals(found, -Math.log(2 * Math.PI) - 0.5, 1e-6);
});
