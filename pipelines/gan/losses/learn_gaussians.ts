/**
 * The stage that learns discriminators of two Gaussians, beside the optimal ones.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import { discriminatorLoss } from "../../../models/adversarial/adversarial_losses.ts";
import {
  type Gaussian,
  gaussianGame,
  optimalLogit,
} from "../../../models/adversarial/gaussian_game.ts";
import type { Player } from "../../../models/adversarial/network.ts";
import { createDiscriminator } from "../../../models/gan.ts";
import { lossAndGradients } from "../../../models/gradients/loss_and_gradients.ts";
import { adam } from "../../../models/optimizers/adam.ts";
import type { RunContext } from "../../core/context.ts";
import { fold, type Key, split } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import { learningRateAt } from "../../training/learning_rate.ts";
import { gaussianCases } from "./gaussian_cases.ts";
import type { GaussianCase, LearnedGame, SlopePoint } from "./loss_study.ts";
import { type GaussianRequest, gaussianRequest } from "./losses_settings.ts";

const BATCH = 512;
const HIDDEN = 64;
const LEARNING_RATE = 3e-3;
/** Points of a curve, and its ends. */
const CURVE = 161;
const [LOW, HIGH] = [-4, 6];
/** Distances of the means whose slopes are computed. */
const SHIFTS = Array.from({ length: 65 }, (_, i) => i / 8);

/** Learns a discriminator for each pair by its cross-entropy, and solves each pair's game exactly. */
export const learnGaussians: Stage<
  Partial<GaussianRequest>,
  {
    readonly gaussians: readonly LearnedGame[];
    readonly slopes: readonly SlopePoint[];
  }
> = stage("gaussians", {
  needs: [],
  settings: gaussianRequest,
  adds: {
    gaussians: "exact and learned discriminators of each pair",
    slopes: "exact slopes of both generator losses by the distance of means",
  },
}, async (config, context) => {
  const gaussians: LearnedGame[] = [];
  for (const one of gaussianCases) {
    const key = fold(context.key, one.name);
    gaussians.push(await learn(one, config, key, context));
  }
  const slopes = SHIFTS.map((shift) => {
    const game = gaussianGame(standard(0), standard(shift));
    return {
      shift,
      saturating: game.saturatingSlope,
      nonSaturating: game.nonSaturatingSlope,
    };
  });
  return { gaussians, slopes };
});

async function learn(
  one: GaussianCase,
  { gaussianUpdates, gaussianPoints }: GaussianRequest,
  key: Key,
  context: RunContext,
): Promise<LearnedGame> {
  const { p, q, target } = one;
  const [weightKey, trainKey, testKey] = split(key, 3);
  using player = createDiscriminator(
    { widths: [1, HIDDEN, HIDDEN, 1] },
    sampleParameter(weightKey),
  );
  await train(player, one, gaussianUpdates, trainKey, context);
  const logits = logitsOf(player, context);
  const [realKey, fakeKey] = split(testKey, 2);
  const real = await logits(pointsOf(p, realKey, gaussianPoints));
  const fake = await logits(pointsOf(q, fakeKey, gaussianPoints));
  // independent points of both: each item is a pair, whose mean is the value
  const value = meanAndError(
    Float64Array.from(
      real,
      (l, i) => target * l - softplus(l) - softplus(fake[i]!),
    ),
  ); // as many of both
  const along = Float32Array.from(
    { length: CURVE },
    (_, i) => LOW + (HIGH - LOW) * i / (CURVE - 1),
  );
  const learned = await logits(along);
  return {
    ...one,
    game: gaussianGame(p, q, target),
    value,
    curve: Array.from(along, (x, i) => ({
      x,
      exact: sigmoid(optimalLogit(x, p, q, target)),
      learned: sigmoid(learned[i]!), // one for each point
    })),
  };
}

async function train(
  player: Player,
  { p, q, target }: GaussianCase,
  updates: number,
  key: Key,
  { device, threads, signal }: RunContext,
): Promise<void> {
  using optimizer = adam(player.variables);
  const shape = [BATCH, 1] as const;
  using step = await compile(({ real, fake, learningRate }) => {
    const { terms, gradients } = lossAndGradients(() => ({
      loss: discriminatorLoss(
        player.evaluate(real),
        player.evaluate(fake),
        target,
      ),
    }), player.variables);
    optimizer.apply(gradients, learningRate);
    return terms;
  }, {
    inputs: { real: { shape }, fake: { shape }, learningRate: { shape: [] } },
    device,
    threads,
  });
  for (let at = 0; at < updates; at++) {
    signal.throwIfAborted();
    const [realKey, fakeKey] = split(fold(key, at), 2);
    await step.run({
      real: pointsOf(p, realKey, BATCH),
      fake: pointsOf(q, fakeKey, BATCH),
      learningRate: learningRateAt(at, {
        learningRate: LEARNING_RATE,
        warmUp: 0,
        decay: "cosine",
        steps: updates,
      }),
    });
  }
  await step.sync();
}

/** Makes a function that gives the logit of each point. */
function logitsOf(
  player: Player,
  { device, threads }: RunContext,
): (points: Float32Array) => Promise<Float32Array> {
  return async (points) => {
    using step = await compile(
      ({ points }: { readonly points: tf.Tensor2D }) => ({
        logits: player.evaluate(points),
      }),
      { inputs: { points: { shape: [points.length, 1] } }, device, threads },
    );
    return (await step.run({ points })).logits.data;
  };
}

function pointsOf(
  { mean, deviation }: Gaussian,
  key: Key,
  count: number,
): Float32Array {
  return normal(key, count).map((z) => mean + deviation * z);
}

function standard(mean: number): Gaussian {
  return { mean, deviation: 1 };
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
