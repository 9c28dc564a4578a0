import * as tf from "@tensorflow/tfjs";
import { Bernoulli } from "../../../models/distributions/bernoulli.ts";
import { ContinuousBernoulli } from "../../../models/distributions/continuous_bernoulli.ts";
import { DiagonalNormal } from "../../../models/distributions/diagonal_normal.ts";
import type { Distribution } from "../../../models/distributions/distribution.ts";
import {
  logMassOfImages,
  pixelDistribution,
  type PixelLikelihood,
} from "../../../models/distributions/pixel_likelihood.ts";
import { StandardNormal } from "../../../models/distributions/standard_normal.ts";
import { wave } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";

/** Parameters and values of two vectors of three numbers. */
const shape = [2, 3] as const;
const parameters = wave<tf.Rank.R2>([...shape], 0.3, 2);
const values = wave<tf.Rank.R2>([...shape], 0.7).sigmoid();

const pixels = (likelihood: PixelLikelihood) => (x: tf.Tensor) =>
  pixelDistribution(likelihood, x, tf.tensor1d([-1.2]));

/** A distribution by its parameters. */
const distributions: Readonly<
  Record<string, (x: tf.Tensor) => Distribution>
> = {
  Bernoulli: (x) => new Bernoulli(x),
  ContinuousBernoulli: (x) => new ContinuousBernoulli(x),
  DiagonalNormal: (x) => new DiagonalNormal(x, x.mul(0.5).sub(1)),
  StandardNormal: () => new StandardNormal(),
  "pixels in black and white": pixels("bernoulli"),
  "grey pixels": pixels("continuous-bernoulli"),
  "normal pixels": pixels("normal"),
};

const parts = (x: tf.Tensor) => tf.split(x, 3, 1);

for (const [name, of] of Object.entries(distributions)) {
  Deno.test(`the log density of a vector of ${name} is the sum of those of its numbers`, () => {
    const whole = of(parameters).logProb(values);
    const sums = parts(values).map((value, i) =>
      of(parts(parameters)[i]!).logProb(value)
    );
    assertClose(whole, [...tf.addN(sums).dataSync()], { roundings: 8 });
  });
}

for (const likelihood of ["bernoulli", "normal"] as const) {
  Deno.test(`the log mass on images of ${likelihood} pixels is the sum of those of its pixels`, () => {
    const whole = logMassOfImages(pixels(likelihood)(parameters));
    const sums = parts(parameters).map((part) =>
      logMassOfImages(pixels(likelihood)(part))
    );
    assertClose(whole, [...tf.addN(sums).dataSync()], { roundings: 20 });
  });
}
