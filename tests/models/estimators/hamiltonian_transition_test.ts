import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { hamiltonianTransition } from "../../../models/estimators/hamiltonian_transition.ts";
import { likelihoodOf } from "../../../models/estimators/tempered_likelihood.ts";
import { fold, keyFrom } from "../../../pipelines/core/random/key.ts";
import { normal } from "../../../pipelines/core/random/normal.ts";
import { uniform } from "../../../pipelines/core/random/uniform.ts";
import { assertClose } from "../assert_close.ts";
import { linearGaussian } from "../linear_gaussian.ts";

const image = [0.3, -0.8, 1.1];

/** The likelihood of one image in every chain. */
function likelihoodFor(chains: number) {
  return likelihoodOf(linearGaussian(), tf.tensor2d(Array(chains).fill(image)));
}

Deno.test("likelihoodOf() gives log p(x | z) and its gradient, by hand at the origin", () => {
  // At z = 0: -|x|^2 / (2 v) - 3/2 log(2 pi v) with v = 1/2, and W^T x / v
  const state = likelihoodFor(1)(tf.zeros([1, 2]));
  const squares = 0.09 + 0.64 + 1.21;
  assertClose(state.logLikelihood, [-squares - 1.5 * Math.log(Math.PI)], {
    roundings: 12,
  });
  assertClose(state.gradient, [2 * (0.3 - 0.8), 2 * (0.3 + 0.8 + 1.1)], {
    roundings: 12,
  });
});

Deno.test("hamiltonianTransition() at beta = 0 is a leapfrog step on the prior, by hand", () => {
  // z = 1, p = 1/2, step 1/2: p = 1/4, z = 9/8, p = 1/4 - 9/32 = -1/32
  const lookAt = likelihoodFor(1);
  const { state, acceptance } = hamiltonianTransition(
    lookAt(tf.tensor2d([[1, 0]])),
    lookAt,
    {
      beta: tf.scalar(0),
      stepSizes: tf.tensor2d([[0.5]]),
      leapfrogSteps: 1,
      momentum: tf.tensor2d([[0.5, 0]]),
      noise: tf.tensor1d([0.5]),
    },
  );
  assertClose(state.latents, [9 / 8, 0], { roundings: 4 });
  // energies (1 + 1/4) / 2 and (81/64 + 1/1024) / 2
  const gain = 0.625 - (81 / 64 + 1 / 1024) / 2;
  assertClose(acceptance, [Math.exp(gain)], { roundings: 12 });
});

Deno.test("hamiltonianTransition() leaves the chains that are refused where they were", () => {
  const lookAt = likelihoodFor(2);
  const start = lookAt(tf.tensor2d([[1, -1], [1, -1]]));
  const { state, acceptance } = hamiltonianTransition(start, lookAt, {
    beta: tf.scalar(1),
    stepSizes: tf.tensor2d([[5], [1e-3]]), // far beyond what is stable, and far within
    leapfrogSteps: 3,
    momentum: tf.tensor2d([[1, 1], [1, 1]]),
    noise: tf.tensor1d([0.9, 0.9]),
  });
  const [refused, accepted] = acceptance.dataSync();
  assertLess(refused!, 0.01);
  assertLess(0.99, accepted!);
  const latents = state.latents.dataSync();
  assertEquals([...latents.slice(0, 2)], [1, -1]);
  assertLess(1e-4, Math.abs(latents[2]! - 1));
  const again = lookAt(state.latents);
  assertClose(state.gradient, [...again.gradient.dataSync()], { roundings: 8 });
});

Deno.test("hamiltonianTransition() leaves the exact posterior invariant", () => {
  const chains = 20_000;
  const key = keyFrom(8);
  const lookAt = likelihoodFor(chains);
  const posterior = linearGaussian().encode(tf.tensor2d([image]));
  const noise = (name: string) =>
    tf.tensor2d(normal(fold(key, name), 2 * chains), [chains, 2]);
  const { state } = hamiltonianTransition(
    lookAt(posterior.sample(noise("start")).as2D(chains, 2)),
    lookAt,
    {
      beta: tf.scalar(1),
      stepSizes: tf.fill([chains, 1], 0.5),
      leapfrogSteps: 3,
      momentum: noise("momentum"),
      noise: tf.tensor1d(uniform(fold(key, "noise"), chains)),
    },
  );
  const { mean, variance } = tf.moments(state.latents, 0);
  // W^T x / v is (-1, 4.4), and the precisions are 5 and 7
  const means = [-1 / 5, 4.4 / 7];
  const variances = [1 / 5, 1 / 7];
  mean.dataSync().forEach((value, i) => {
    const expected = means[i]!;
    const error = Math.sqrt(variances[i]! / chains); // of a mean of independent chains
    assertLess(Math.abs(value - expected), 4 * error);
  });
  variance.dataSync().forEach((value, i) =>
    // a variance of normal numbers has the relative error sqrt(2 / chains)
    assertAlmostEquals(value / variances[i]!, 1, 4 * Math.sqrt(2 / chains))
  );
});
