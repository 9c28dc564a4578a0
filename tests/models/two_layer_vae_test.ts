import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { valueAndGradients } from "../../models/gradients/value_and_gradients.ts";
import { logWeights } from "../../models/objectives/log_weights.ts";
import {
  type SampledBound,
  sampledBound,
} from "../../models/objectives/sampled_bound.ts";
import {
  createTwoLayerVae,
  type TwoLayerVae,
  twoLayerVaeSpecs,
} from "../../models/two_layer_vae.ts";
import { countParameters } from "../../models/parameters/parameters.ts";
import { fold, keyFrom } from "../../pipelines/core/random/key.ts";
import { normal } from "../../pipelines/core/random/normal.ts";
import { bits, drawWave } from "../golden/waves.ts";

const small = { pixels: 4, hidden: 3, first: 1, topHidden: 3, second: 1 };

function noiseOf(draw: number, samples: number): tf.Tensor3D {
  const values = normal(fold(keyFrom(3), draw), samples * 2);
  return tf.tensor3d(values, [samples, 1, 2]);
}

/** log p(x) of one image by the midpoint rule over [-8, 8] in both latents. */
function integrated(vae: TwoLayerVae, image: tf.Tensor2D): number {
  const parts = 400;
  const step = 16 / parts;
  const line = Array.from({ length: parts }, (_, i) => -8 + (i + 0.5) * step);
  const grid = tf.tensor3d(
    line.flatMap((one) => line.map((two) => [[one, two]])),
  );
  const logJoint = vae.prior.logProb(grid)
    .add(vae.decode(grid).logProb(image));
  return logJoint.logSumExp().dataSync()[0]! + 2 * Math.log(step);
}

Deno.test("weights of two layers of latents average to p(x)", () => {
  using vae = createTwoLayerVae(small, drawWave);
  const image = bits<tf.Rank.R2>([1, 4], 1.1);
  const samples = 40_000;
  const weights = logWeights(vae, image, noiseOf(0, samples)).exp();
  const { mean, variance } = tf.moments(weights);
  const [found] = mean.dataSync();
  const error = Math.sqrt(variance.dataSync()[0]! / samples);
  const exact = Math.exp(integrated(vae, image));
  assertAlmostEquals(found!, exact, 4 * error);
  assertLess(error, exact / 50); // the claim is worth something
});

Deno.test("the prior of two layers is a density, and draws from itself", () => {
  using vae = createTwoLayerVae(small, drawWave);
  const noise = noiseOf(1, 5);
  const latents = vae.prior.sample(noise);
  // the second latents are the noise; the first are moved and scaled: log p = log N(noise) - log scale
  const second = (
    x: tf.Tensor,
  ) => [...x.slice([0, 0, 1], [5, 1, 1]).dataSync()];
  assertEquals(second(latents), second(noise));
  const logProb = vae.prior.logProb(latents).dataSync();
  const moved = vae.prior.sample(noise.add(tf.tensor1d([1, 0])));
  const scale = moved.sub(latents).slice([0, 0, 0], [5, 1, 1]).dataSync();
  const values = noise.dataSync();
  logProb.forEach((value, i) => {
    const [one, two] = [values[2 * i]!, values[2 * i + 1]!];
    const expected = -(one ** 2 + two ** 2) / 2 - Math.log(2 * Math.PI) -
      Math.log(scale[i]!);
    assertAlmostEquals(value, expected, 1e-5); // the scale is a difference of float32 numbers near 1
  });
});

const pairs: readonly (readonly [SampledBound, SampledBound])[] = [
  [{ kind: "vae", gradient: "standard" }, {
    kind: "vae",
    gradient: "sticking-the-landing",
  }],
  [{ kind: "iwae", gradient: "standard" }, {
    kind: "iwae",
    gradient: "doubly-reparameterized",
  }],
];

for (const [standard, other] of pairs) {
  Deno.test(`${other.gradient} has the expectation of the standard gradient with two layers of latents`, () => {
    using vae = createTwoLayerVae(small, drawWave);
    const image = bits<tf.Rank.R2>([1, 4], 1.1);
    const draws = 300;
    const gradientOf = (bound: SampledBound, draw: number) =>
      tf.tidy(() => {
        const { gradients } = valueAndGradients(
          () =>
            sampledBound(vae, image, noiseOf(draw, 6), bound)
              .mean<tf.Scalar>(),
          vae.variables,
        );
        return Object.values(gradients).flatMap((g) => [...g.dataSync()]);
      });
    const differences = Array.from({ length: draws }, (_, draw) => {
      const one = gradientOf(standard, draw);
      return gradientOf(other, draw).map((value, i) => value - one[i]!);
    });
    for (let i = 0; i < differences[0]!.length; i++) {
      const column = differences.map((row) => row[i]!);
      const mean = column.reduce((sum, x) => sum + x, 0) / draws;
      const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) /
        (draws - 1);
      // five standard errors: one in a million, of about 60 parameters; and float32 noise where both agree
      const bound = 5 * Math.sqrt(variance / draws) + 1e-6;
      assertLess(Math.abs(mean), bound, `parameter ${i}`);
    }
  });
}

Deno.test("two layers of Burda et al. have the parameters of their networks", () => {
  const specs = twoLayerVaeSpecs({
    pixels: 784,
    hidden: [200, 200],
    first: 100,
    topHidden: [100, 100],
    second: 50,
  });
  // 784-200-200-(100+100), 100-100-100-(50+50), 50-100-100-(100+100), 100-200-200-784, each with biases
  const layers = [[784, 200, 200, 200], [100, 100, 100, 100], [
    50,
    100,
    100,
    200,
  ], [100, 200, 200, 784]];
  const expected = layers.flatMap((widths) =>
    widths.slice(1).map((width, i) => (widths[i]! + 1) * width)
  );
  assertEquals(
    countParameters(specs),
    expected.reduce((sum, count) => sum + count),
  );
});
