/**
 * The compiled weight updates of an adversarial game: some of the discriminator, then one of the generator.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import {
  type DiscriminatorTerms,
  type Game,
  updateDiscriminator,
  updateGenerator,
} from "../../models/adversarial/adversarial_updates.ts";
import type { RunContext } from "../core/context.ts";
import { fold, type Key, split } from "../core/random/key.ts";
import { normal } from "../core/random/normal.ts";
import { uniform } from "../core/random/uniform.ts";
import { checkTurn, indexBatches, type Items } from "./items.ts";

/** What a turn of both players does. */
export interface GameTurn {
  /** The players, and what they minimize. */
  readonly game: Game;
  /** What to learn from. */
  readonly items: Items;
  /** Items in a batch. */
  readonly batch: number;
  /** Length of a noise vector. */
  readonly latent: number;
  /** Updates of the discriminator before one of the generator. */
  readonly criticUpdates: number;
  /** Step sizes of both players. */
  readonly learningRates: {
    readonly generator: number;
    readonly discriminator: number;
  };
  /** Decides the orders of the items, and the noise. */
  readonly key: Key;
}

/** What is measured in a turn. */
export const turnNames = [
  "discriminatorLoss",
  "generatorLoss",
  "real",
  "fake",
  "fakeAfter",
  "gradientNorm",
] as const;

/** The name of a measurement of a turn; the losses, D(x), D(G(z)) before and after D's update, and the norm of G's gradient. */
export type TurnName = typeof turnNames[number];

/** The measurements of consecutive turns: a number for each. */
export type TurnMeans = Readonly<Record<TurnName, ArrayLike<number>>>;

/** Turns, ready to run. */
export interface CompiledGame extends Disposable {
  /** Turns in which each item is met once. */
  readonly turnsPerEpoch: number;
  /** Makes `count` consecutive turns, of which `first` is the number of the first. */
  readonly run: (first: number, count: number) => Promise<TurnMeans>;
  /** Brings the variables up to date. */
  readonly sync: () => Promise<void>;
}

/**
 * Compiles the turns of a game; the items stay on the device.
 *
 * @param turn What a turn does.
 * @param turnsPerCall Turns in one run of the graph.
 * @param context Of the stage that trains.
 * @returns The turns, each of which depends on its number and the variables alone.
 * @throws {RangeError} If there are fewer items than a batch holds, or fewer batches than a turn takes.
 */
export async function compileGame(
  { game, items, batch, latent, criticUpdates, learningRates, key }: GameTurn,
  turnsPerCall: number,
  { device, threads }: Pick<RunContext, "device" | "threads">,
): Promise<CompiledGame> {
  const [orderKey, noiseKey, mixKey] = split(key, 3);
  checkTurn(items.count, batch, criticUpdates);
  const batches = indexBatches(items.count, batch, orderKey);
  const turnsPerEpoch = Math.floor(batches.perEpoch / criticUpdates);
  const mixes = game.objective.mixes === true;
  const step = await compile(
    (tensors: Readonly<Record<string, tf.Tensor>>) =>
      playTurn(game, items, tensors),
    {
      inputs: {
        indices: { shape: [criticUpdates, batch], dtype: "int32" },
        noise: { shape: [criticUpdates, batch, latent] },
        learningRates: { shape: [2] },
        ...mixes && { mix: { shape: [criticUpdates, batch, 1] } },
      },
      tables: {
        items: { data: items.data, shape: [items.count, items.length] },
      },
      device,
      threads,
      stepsPerCall: turnsPerCall,
    },
  );
  const noiseLength = criticUpdates * batch * latent;
  return {
    turnsPerEpoch,
    run: async (first, count) => {
      const noise = new Float32Array(count * noiseLength);
      const mix = new Float32Array(count * criticUpdates * batch);
      for (let i = 0; i < count; i++) {
        const part = noise.subarray(i * noiseLength, (i + 1) * noiseLength);
        normal(fold(noiseKey, first + i), noiseLength, part);
        if (!mixes) continue;
        const numbers = uniform(fold(mixKey, first + i), criticUpdates * batch);
        mix.set(numbers, i * numbers.length);
      }
      const rates = [learningRates.discriminator, learningRates.generator];
      const found = await step.run({
        indices: batches.at(first * criticUpdates, count * criticUpdates),
        noise,
        learningRates: Float32Array.from(
          { length: 2 * count },
          (_, i) => rates[i % 2]!, // of two
        ),
        ...mixes && { mix },
      });
      return pick((name) => found[name]!.data as Float32Array); // of float32, as all outputs
    },
    sync: () => step.sync(),
    [Symbol.dispose]: () => step[Symbol.dispose](),
  };
}

/** The updates of one turn, and what they met. */
function playTurn(
  game: Game,
  { toReal }: Items,
  { items, indices, noise, learningRates, mix }: Readonly<
    Record<string, tf.Tensor>
  >,
): Record<TurnName, tf.Tensor> {
  const [forDiscriminator, forGenerator] = tf.unstack(learningRates!); // two
  const noises = tf.unstack(noise!) as tf.Tensor2D[]; // [update, batch, latent]
  const mixes = mix ? tf.unstack(mix) as tf.Tensor2D[] : []; // [update, batch, 1]
  let met: DiscriminatorTerms | undefined;
  tf.unstack(indices!).forEach((index, i) => {
    const rows = tf.gather(items as tf.Tensor2D, index as tf.Tensor1D); // [count, length], [batch]
    met = updateDiscriminator(game, {
      real: toReal(rows),
      noise: noises[i]!, // one for each update
      learningRate: forDiscriminator!,
      ...mixes[i] && { mix: mixes[i] },
    });
  });
  const last = met!; // one update at least
  const after = updateGenerator(game, {
    noise: noises.at(-1)!,
    learningRate: forGenerator!,
  });
  return {
    discriminatorLoss: last.loss,
    generatorLoss: after.loss,
    real: last.real,
    fake: last.fake,
    fakeAfter: after.fake,
    gradientNorm: after.gradientNorm,
  };
}

function pick<T>(valueOf: (name: TurnName) => T): Record<TurnName, T> {
  const entries = turnNames.map((name) => [name, valueOf(name)] as const);
  return Object.fromEntries(entries) as Record<TurnName, T>; // `fromEntries` forgets the names
}
