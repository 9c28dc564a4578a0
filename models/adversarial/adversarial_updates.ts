/**
 * The weight updates of both players of an adversarial game.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { lossAndGradients } from "../gradients/loss_and_gradients.ts";
import type { Gradients } from "../gradients/value_and_gradients.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { Objective } from "./objective.ts";
import { assignState, type NetworkState, type Player } from "./network.ts";

/** Two players. */
export interface Players {
  /** Noise to items. */
  readonly generator: Player;
  /** Items to one logit each. */
  readonly discriminator: Player;
}

/** A game that is being learned. */
export interface Game extends Players {
  /** What each player minimizes. */
  readonly objective: Objective;
  /** How the variables of each change. */
  readonly optimizers: {
    readonly generator: Optimizer;
    readonly discriminator: Optimizer;
  };
}

/** What the discriminator's update needs of a game. */
export interface DiscriminatorGame extends Omit<Game, "optimizers"> {
  /** How the discriminator's variables change. */
  readonly optimizers: Pick<Game["optimizers"], "discriminator">;
}

/** What the discriminator's update learns from. */
export interface DiscriminatorBatch {
  /** [batch, item] */
  readonly real: tf.Tensor2D;
  /** [batch, latent] */
  readonly noise: tf.Tensor2D;
  /** Uniform in [0, 1), [batch, 1], where the objective has a gradient penalty. */
  readonly mix?: tf.Tensor2D;
  /** A scalar. */
  readonly learningRate: tf.Tensor;
}

/** What the generator's update learns from. */
export type GeneratorBatch = Pick<DiscriminatorBatch, "noise" | "learningRate">;

/** What a discriminator's update meets, before it: scalars. */
export interface DiscriminatorTerms {
  /** What it minimizes, in nats for cross-entropies. */
  readonly loss: tf.Scalar;
  /** Mean D(x). */
  readonly real: tf.Scalar;
  /** Mean D(G(z)). */
  readonly fake: tf.Scalar;
}

/** What a generator's update meets, before it: scalars. */
export interface GeneratorTerms {
  /** What it minimizes. */
  readonly loss: tf.Scalar;
  /** Mean D(G(z)). */
  readonly fake: tf.Scalar;
  /** Norm of the gradient over all of the generator's parameters. */
  readonly gradientNorm: tf.Scalar;
}

/**
 * Updates the discriminator on a batch of real and one of fake items, which pass through it one after the other, so that
 * batch norms never mix them. The generator's variables stay as they are; its statistics move, as in every pass in training.
 *
 * Source: Goodfellow et al. 2014, algorithm 1.
 */
export function updateDiscriminator(
  { generator, discriminator, objective, optimizers }: DiscriminatorGame,
  { real, noise, mix, learningRate }: DiscriminatorBatch,
): DiscriminatorTerms {
  const made = generator.train(noise, generator.state); // outside of the gradient
  const { terms, gradients } = lossAndGradients(() => {
    const onReal = discriminator.train(real, discriminator.state);
    const onFake = discriminator.train(made.y, onReal.state);
    const scores = { real: onReal.y, fake: onFake.y };
    const loss = objective.discriminator(scores);
    const critic = (x: tf.Tensor2D) => discriminator.train(x, onFake.state).y;
    const penalty = objective.penalty?.({
      critic,
      real,
      fake: made.y,
      ...mix && { mix },
    });
    return {
      loss: penalty ? loss.add<tf.Scalar>(penalty) : loss,
      real: onReal.y.sigmoid().mean(),
      fake: onFake.y.sigmoid().mean(),
      ...named(onFake.state),
    };
  }, discriminator.variables);
  optimizers.discriminator.apply(gradients, learningRate);
  assignState(discriminator.state, unnamed(terms));
  assignState(generator.state, made.state);
  const { loss, real: onReal, fake } = terms;
  return { loss, real: onReal as tf.Scalar, fake: fake as tf.Scalar }; // means
}

/**
 * Updates the generator through the discriminator, whose variables stay as they are; the state of both moves.
 *
 * Source: Goodfellow et al. 2014, algorithm 1.
 */
export function updateGenerator(
  { optimizers, ...game }: Game,
  { noise, learningRate }: GeneratorBatch,
): GeneratorTerms {
  const { terms, gradients } = generatorGradients(game, noise);
  optimizers.generator.apply(gradients, learningRate);
  assignState(game.generator.state, terms.generatorState);
  assignState(game.discriminator.state, terms.discriminatorState);
  const { loss, fake, gradientNorm } = terms;
  return { loss, fake, gradientNorm };
}

/** The generator's terms, and the state of both players after the pass. */
export interface GeneratorPass extends GeneratorTerms {
  /** By path. */
  readonly generatorState: NetworkState;
  /** By path. */
  readonly discriminatorState: NetworkState;
}

/**
 * Computes the generator's loss and its gradient, and changes nothing.
 *
 * @param players The players, and what they minimize.
 * @param noise [batch, latent]
 */
export function generatorGradients(
  { generator, discriminator, objective }: Omit<Game, "optimizers">,
  noise: tf.Tensor2D,
): { readonly terms: GeneratorPass; readonly gradients: Gradients } {
  const { terms, gradients } = lossAndGradients(() => {
    const made = generator.train(noise, generator.state);
    const judged = discriminator.train(made.y, discriminator.state);
    return {
      loss: objective.generator(judged.y),
      fake: judged.y.sigmoid().mean(),
      ...named(made.state, "generator"),
      ...named(judged.state, "discriminator"),
    };
  }, generator.variables);
  const squares = Object.values(gradients).map((one) => one.square().sum());
  return {
    terms: {
      loss: terms.loss,
      fake: terms["fake"] as tf.Scalar, // a mean
      gradientNorm: tf.addN(squares).sqrt() as tf.Scalar, // of a sum
      generatorState: unnamed(terms, "generator"),
      discriminatorState: unnamed(terms, "discriminator"),
    },
    gradients,
  };
}

/** Puts a player's name before the paths of its state, to be told apart among the terms of a loss. */
function named(state: NetworkState, player = "player"): NetworkState {
  return Object.fromEntries(
    Object.entries(state).map(([path, value]) => [`${player}:${path}`, value]),
  );
}

function unnamed(
  terms: Readonly<Record<string, tf.Tensor>>,
  player = "player",
): NetworkState {
  const prefix = `${player}:`;
  return Object.fromEntries(
    Object.entries(terms).filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}
