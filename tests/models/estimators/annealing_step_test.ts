import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { annealingStep } from "../../../models/estimators/annealing_step.ts";
import { temperatures } from "../../../models/estimators/temperatures.ts";
import { likelihoodOf } from "../../../models/estimators/tempered_likelihood.ts";
import { RunningLogMeanExp } from "../../../models/objectives/running_log_mean_exp.ts";
import { fold, type Key, keyFrom } from "../../../pipelines/core/random/key.ts";
import { normal } from "../../../pipelines/core/random/normal.ts";
import { uniform } from "../../../pipelines/core/random/uniform.ts";
import golden from "../../golden/annealing.json" with { type: "json" };
import { wave } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";
import { linearGaussian } from "../linear_gaussian.ts";
import { smallVae } from "../small_vae.ts";

const CHAINS = 2000;
/** Five evaluations of 13 products on a path, of up to two roundings each. */
const ROUNDINGS = 130;
const image = [0.3, -0.8, 1.1];
const model = linearGaussian();
const exact = model.exactLogLikelihood(image);

/** The sum of log weights of each chain along a path. */
function anneal(
  betas: Float64Array,
  start: tf.Tensor2D,
  key: Key,
): readonly number[] {
  const lookAt = likelihoodOf(model, tf.tensor2d(Array(CHAINS).fill(image)));
  let state = lookAt(start);
  let logWeights: tf.Tensor = tf.zeros([CHAINS]);
  betas.slice(1).forEach((beta, i) => {
    const step = annealingStep(state, lookAt, {
      before: tf.scalar(betas[i]!),
      beta: tf.scalar(beta),
      stepSizes: tf.fill([CHAINS, 1], 0.4),
      leapfrogSteps: 2,
      momentum: draw(fold(key, i)),
      noise: tf.tensor1d(uniform(fold(fold(key, i), "noise"), CHAINS)),
    });
    logWeights = logWeights.add(step.logWeight);
    state = step.state;
  });
  return [...logWeights.dataSync()];
}

function draw(key: Key): tf.Tensor2D {
  return tf.tensor2d(normal(fold(key, "draw"), 2 * CHAINS), [CHAINS, 2]);
}

function estimate(logWeights: ArrayLike<number>) {
  const weights = new RunningLogMeanExp(1);
  weights.add(logWeights);
  const [value] = weights.logMeanExp();
  const [error] = weights.standardErrors();
  return { value: value!, error: error! };
}

Deno.test("temperatures() go from 0 to 1, at once for one distribution", () => {
  assertEquals([...temperatures(1)], [0, 1]);
  assertEquals([...temperatures(2)], [0, 1 / 16, 1]);
});

Deno.test("annealing up meets log p(x) of the linear model, with a smaller error on a longer path", () => {
  const found = [1, 5, 50].map((distributions) =>
    estimate(
      anneal(
        temperatures(distributions),
        draw(keyFrom(distributions)),
        fold(keyFrom(distributions), "up"),
      ),
    )
  );
  for (const { value, error } of found) {
    assertLess(Math.abs(value - exact), 4 * error);
  }
  const [once, short, long] = found.map(({ error }) => error);
  assertLess(short!, once!);
  assertLess(long!, short!);
});

Deno.test("annealing down from exact samples meets -log p(x), and so bounds it from above", () => {
  const key = keyFrom(4);
  const posterior = model.encode(tf.tensor2d([image]));
  const start = posterior.sample(draw(key)).as2D(CHAINS, 2);
  const logWeights = anneal(
    temperatures(20).reverse(),
    start,
    fold(key, "down"),
  );
  const { value, error } = estimate(logWeights);
  assertLess(Math.abs(value + exact), 4 * error);
  // Jensen: minus the mean of log weights lies above log p(x)
  const mean = logWeights.reduce((sum, w) => sum + w, 0) / CHAINS;
  assertLess(exact, -mean);
});

Deno.test("one step up weighs samples of the prior by p(x | z)", () => {
  const start = draw(keyFrom(9));
  const logWeights = anneal(temperatures(1), start, keyFrom(1));
  const expected = model.decode(start).logProb(tf.tensor2d([image])).dataSync();
  expected.forEach((value, i) =>
    assertAlmostEquals(logWeights[i]!, value, 1e-5)
  ); // float32
});

Deno.test("annealingStep() agrees with NumPy, whose gradient is written by hand", () => {
  using small = smallVae();
  const lookAt = likelihoodOf(small.vae, small.images);
  let state = lookAt(wave<tf.Rank.R2>([3, 2], 0.8, 1.5));
  let logWeights: tf.Tensor = tf.zeros([3]);
  const betas = [0, 0.3, 1];
  for (const t of [1, 2]) {
    const step = annealingStep(state, lookAt, {
      before: tf.scalar(betas[t - 1]!),
      beta: tf.scalar(betas[t]!),
      stepSizes: tf.tensor2d([[0.2], [0.5], [0.9]]),
      leapfrogSteps: 2,
      momentum: wave<tf.Rank.R2>([3, 2], 0.3 + t, 1.2),
      noise: wave<tf.Rank.R1>([3], 2 + t).add(1).div(2),
    });
    const acceptance = golden.acceptance[t - 1]!;
    assertClose(step.acceptance, acceptance, { roundings: ROUNDINGS });
    logWeights = logWeights.add(step.logWeight);
    state = step.state;
  }
  assertClose(logWeights, golden.logWeights, { roundings: ROUNDINGS });
  assertClose(state.latents, golden.latents, { roundings: ROUNDINGS });
});
