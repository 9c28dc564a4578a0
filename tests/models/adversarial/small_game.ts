import * as tf from "@tensorflow/tfjs";
import type {
  Game,
  Players,
} from "../../../models/adversarial/adversarial_updates.ts";
import { createDcgan } from "../../../models/dcgan.ts";
import {
  crossEntropy,
  type Objective,
} from "../../../models/adversarial/objective.ts";
import {
  createDiscriminator,
  createGenerator,
  type PerceptronNorm,
} from "../../../models/gan.ts";
import { adam } from "../../../models/optimizers/adam.ts";
import type {
  NamedParameterSpec,
  Variables,
} from "../../../models/parameters/parameters.ts";
import { drawWave, wave } from "../../golden/waves.ts";

/** Waves for weights; constants as they are declared, for a variance is positive. */
export function draw(spec: NamedParameterSpec): Float32Array {
  const values = drawWave(spec);
  return spec.initial.kind === "constant"
    ? values.fill(spec.initial.value)
    : values;
}

/** What sets one small game apart. */
export interface SmallGameOptions {
  readonly generator?: PerceptronNorm;
  readonly discriminator?: PerceptronNorm;
  readonly objective?: Objective;
}

/** So large that a gradient of roundings alone, as of a shift before a batch norm, moves nothing. */
const EPSILON = 1e-3;

/** A game of 3 noises, 6 pixels, and batches of 5. */
export function smallGame(
  { generator, discriminator, objective = crossEntropy() }: SmallGameOptions =
    {},
): Game & Disposable {
  const players = {
    generator: createGenerator({
      widths: [3, 4, 5, 6],
      norm: generator ?? "batch",
    }, draw),
    discriminator: createDiscriminator({
      widths: [6, 5, 4, 1],
      norm: discriminator ?? "none",
    }, draw),
  };
  return own(players, objective);
}

/** A game of 3 noises and images of 8 x 8, with convolutions. */
export function smallDcgan(): Game & Disposable {
  return own(
    createDcgan(
      { latent: 3, side: 8, channels: 2 },
      { generator: draw, discriminator: draw },
    ),
    crossEntropy(),
  );
}

function own(players: Players, objective: Objective): Game & Disposable {
  const settings = { beta1: 0.5, epsilon: EPSILON };
  const optimizers = {
    generator: adam(players.generator.variables, settings),
    discriminator: adam(players.discriminator.variables, settings),
  };
  return {
    ...players,
    objective,
    optimizers,
    [Symbol.dispose]: () => {
      for (const name of ["generator", "discriminator"] as const) {
        players[name][Symbol.dispose]();
        optimizers[name][Symbol.dispose]();
      }
    },
  };
}

/** Five items and noises. */
export function smallBatch(): {
  readonly real: tf.Tensor2D;
  readonly noise: tf.Tensor2D;
  readonly mix: tf.Tensor2D;
  readonly learningRate: tf.Scalar;
} {
  return {
    real: wave<tf.Rank.R2>([5, 6], 0.3),
    noise: wave<tf.Rank.R2>([5, 3], 1.2),
    mix: wave<tf.Rank.R2>([5, 1], 0.7, 0.5).add(0.5),
    learningRate: tf.scalar(0.01),
  };
}

/** The bytes of variables. */
export function bytesOf(variables: Variables): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => [
      name,
      new Uint8Array(variable.dataSync().slice().buffer),
    ]),
  );
}
