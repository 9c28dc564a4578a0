/**
 * What the study of lost modes finds.
 * @module
 */
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { entryNames } from "../../core/stage.ts";
import {
  type MeanAndError,
  meanAndError,
} from "../../statistics/mean_and_error.ts";
import type { Training } from "../../training/training.ts";
import type { RingGame } from "./play_ring.ts";
import type { RemedyName } from "./remedies.ts";

/** A game on the ring. */
export interface RingRun extends RingGame {
  /** Kind of the game. */
  readonly remedy: RemedyName;
  /** Which of several draws of weights and noise. */
  readonly seed: number;
}

/** A game on images. */
export interface ImageRun {
  /** Kind of the game. */
  readonly remedy: RemedyName;
  /** How it went. */
  readonly training: Training;
}

/** What the study tells and draws. */
export interface ModeStudy {
  /** For each kind and seed. */
  readonly ringRuns: readonly RingRun[];
  /** For each kind and seed. */
  readonly imageRuns: readonly ImageRun[];
  /** Where the images are from. */
  readonly dataset: DatasetInfo;
}

/** The names of the study's entries. */
export const modeStudyNames: readonly (keyof ModeStudy)[] = entryNames<
  ModeStudy
>({ ringRuns: true, imageRuns: true, dataset: true });

/** A measurement of several games after the same time. */
export interface PathPoint extends MeanAndError {
  /** Turns, or epochs, so far. */
  readonly at: number;
  /** The least of the games. */
  readonly least: number;
  /** The greatest. */
  readonly greatest: number;
}

/**
 * Averages a measurement over the games of a kind.
 *
 * @param runs The games.
 * @param name Of the measurement.
 * @param along What tells the time.
 * @returns A point for each time of the record, which all games share.
 */
export function pathOf(
  runs: readonly { readonly training: Training }[],
  name: string,
  along: "step" | "epoch",
): readonly PathPoint[] {
  const paths = runs.map(({ training }) =>
    training.history.flatMap(({ values, ...time }) => {
      const value = values[name];
      return value === undefined ? [] : [{ at: time[along], value }];
    })
  );
  const [first = []] = paths;
  return first.map(({ at }, i) => {
    const values = paths.map((path) => path[i]!.value);
    return {
      at,
      ...meanAndError(values),
      least: Math.min(...values),
      greatest: Math.max(...values),
    };
  });
}

/** The games of a kind. */
export function gamesOf<Run extends { readonly remedy: RemedyName }>(
  runs: readonly Run[],
  remedy: RemedyName,
): readonly Run[] {
  return runs.filter((run) => run.remedy === remedy);
}

/** The kinds that were played, in their order. */
export function kindsOf(
  runs: readonly { readonly remedy: RemedyName }[],
): readonly RemedyName[] {
  return [...new Set(runs.map(({ remedy }) => remedy))];
}
