/**
 * The training of an adversarial game.
 * @module
 */
import type { Game } from "../../models/adversarial/adversarial_updates.ts";
import type { Variables } from "../../models/parameters/parameters.ts";
import type { RunContext } from "../core/context.ts";
import { meanAndError } from "../statistics/mean_and_error.ts";
import { train, type Values } from "../training/fit.ts";
import type { Training } from "../training/training.ts";
import {
  compileGame,
  type GameTurn,
  type TurnMeans,
  turnNames,
} from "./compile_game.ts";

/** A training of a game. */
export interface GameFit extends GameTurn {
  /** Turns in all. */
  readonly turns: (turnsPerEpoch: number) => number;
  /** Turns averaged in one record. */
  readonly recordEvery: number;
  /** Turns between two measurements of samples. */
  readonly measureEvery: (turnsPerEpoch: number) => number;
  /** Measures samples. */
  readonly measure: () => Promise<Values>;
  /** Turns after which the weights are kept. */
  readonly keepAt: (turnsPerEpoch: number) => readonly number[];
  /** What an item is called, for progress. */
  readonly unit: string;
  /** What a reader of the weights needs to know. */
  readonly told?: Readonly<Record<string, string>>;
}

/**
 * Compiles the turns and trains both players; the last weights are kept, as no loss of a game tells which are best.
 *
 * @param fit The training.
 * @param context Of the stage that trains.
 * @returns How it went.
 */
export async function fitGame(
  fit: GameFit,
  context: RunContext,
): Promise<Training> {
  using turns = await compileGame(fit, fit.recordEvery, context);
  const { turnsPerEpoch } = turns;
  const { optimizers } = fit.game;
  return await train({
    steps: fit.turns(turnsPerEpoch),
    stepsPerEpoch: turnsPerEpoch,
    recordEvery: fit.recordEvery,
    items: { perStep: fit.batch * fit.criticUpdates, unit: fit.unit },
    weights: gameVariables(fit.game),
    slots: {
      ...named("generator", optimizers.generator.slots),
      ...named("discriminator", optimizers.discriminator.slots),
    },
    sync: turns.sync,
    update: async (first, count) => meansOf(await turns.run(first, count)),
    validateEvery: fit.measureEvery(turnsPerEpoch),
    validate: fit.measure,
    patience: 0,
    snapshotSteps: fit.keepAt(turnsPerEpoch),
    ...fit.told && { told: fit.told },
    shown: ["train/discriminatorLoss", "train/generatorLoss"],
  }, context);
}

/** All variables of both players, with those of their states, by player and path. */
export function gameVariables(
  { generator, discriminator }: Pick<Game, "generator" | "discriminator">,
): Variables {
  return {
    ...named("generator", generator.variables),
    ...named("generator/state", generator.state),
    ...named("discriminator", discriminator.variables),
    ...named("discriminator/state", discriminator.state),
  };
}

function named(player: string, variables: Variables): Variables {
  return Object.fromEntries(
    Object.entries(variables)
      .map(([name, variable]) => [`${player}/${name}`, variable]),
  );
}

function meansOf(means: TurnMeans): Values {
  return Object.fromEntries(
    turnNames.map((name) => [`train/${name}`, meanAndError(means[name]).mean]),
  );
}
