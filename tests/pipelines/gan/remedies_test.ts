import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  crossEntropy,
  type Objective,
  wasserstein,
} from "../../../models/adversarial/objective.ts";
import {
  imageStrength,
  remedy,
  remedyNames,
  ringStrength,
} from "../../../pipelines/gan/modes/remedies.ts";

/** Losses of a few logits, and a penalty at a few points. */
function numbersOf(objective: Objective): readonly number[] {
  const real = tf.tensor2d([[0.5], [2]]);
  const fake = tf.tensor2d([[-1], [0.25]]);
  const points = tf.tensor2d([[1, 2], [3, -1]]);
  const penalty = objective.penalty?.({
    critic: (x) => x.square().sum(1, true),
    ...{ real: points, fake: points.neg(), mix: tf.fill([2, 1], 0.75) },
  });
  return [
    objective.discriminator({ real, fake }),
    objective.generator(fake),
    penalty ?? tf.scalar(0),
  ].map((one) => one.dataSync()[0]!);
}

Deno.test("each remedy changes what its paper says, and nothing else", () => {
  const { r1, gain, lambda } = { r1: 0.6, gain: 7, lambda: 3 };
  const plain = { discriminator: {}, criticUpdates: 1, beta1: 0.5 };
  const wanted = {
    plain: { ...plain, title: "plain", objective: crossEntropy() },
    smoothing: {
      ...{ ...plain, title: "target 0.9" },
      objective: crossEntropy({ target: 0.9 }),
    },
    "spectral-norm": {
      ...{ ...plain, title: "spectral norm", objective: crossEntropy() },
      discriminator: { norm: "spectral", gain: 7 },
    },
    "wgan-gp": {
      ...{ title: "WGAN-GP", discriminator: {}, criticUpdates: 5, beta1: 0 },
      objective: wasserstein(3),
    },
    r1: { ...plain, title: "R1", objective: crossEntropy({ r1: 0.6 }) },
  } as const;
  for (const name of remedyNames) {
    const { objective, ...rest } = remedy(name, { lambda, r1, gain });
    const { objective: expected, ...others } = wanted[name];
    assertEquals(rest, others);
    assertEquals(numbersOf(objective), numbersOf(expected), name);
  }
  const all = remedyNames.map((name) =>
    numbersOf(remedy(name, { lambda, r1, gain }).objective).join()
  );
  assertEquals(new Set(all).size, 4); // a spectral norm changes no loss
});

Deno.test("penalties have the weights that they are given", () => {
  // slopes at (1, 2) and (3, -1) are twice the points: of squares 20 and 40
  const [, , r1] = numbersOf(crossEntropy({ r1: 0.6 }));
  assertAlmostEquals(r1!, 0.3 * 30, 1e-5);
  // a quarter of the way back: half of each point, with slopes of length 1 times its own
  const [, , gradient] = numbersOf(wasserstein(3));
  const slopes = [5, 10].map(Math.sqrt);
  const mean = slopes.reduce((sum, s) => sum + (s - 1) ** 2, 0) / 2;
  assertAlmostEquals(gradient!, 3 * mean, 1e-4);
});

Deno.test("penalties on the ring and on images have the strengths of the study", () => {
  assertEquals(ringStrength, { lambda: 0.1, r1: 0.1, gain: 20 });
  assertEquals(imageStrength, { lambda: 10, r1: 0.1, gain: 1 });
});
