/**
 * One transformer for all directions beside transformers of one direction each, after equal updates.
 * @module
 */
import { type Case, forEach } from "../../core/for_each.ts";
import type { Stage } from "../../core/stage.ts";
import { list, text } from "../../core/task/fields.ts";
import { type Flags, only } from "../../core/task/flags.ts";
import { directionName, type ManyCorpus, manySettings } from "./many_corpus.ts";
import { type ManyTraining, manyTraining } from "./fit_transformer.ts";
import { type ManyCase, type ManyMeasures, trainMany } from "./train_many.ts";
import {
  type TransformerSettings,
  transformerSettings,
} from "../transformer_translator.ts";

/** What is trained beside the one model, as a run's config gives it. */
export interface SingleSettings {
  /** Directions that get a transformer of their own, such as `de-en`. */
  readonly singles: readonly string[];
}

/** Settings of `SingleSettings`, with their defaults and rules. */
export const singleSettings: Flags<SingleSettings> = {
  singles: list(
    ["de-en", "en-de"],
    text("", "directions that get a transformer of their own"),
    { repeats: "refused", smoke: ["de-en"] },
  ),
};

/** What was measured of the one model and of those of one direction. */
export interface ManyResults {
  /** Measures of the model of all directions. */
  readonly all: ManyMeasures;
  /** Measures of each model of one direction, by the direction. */
  readonly singles: Readonly<Record<string, ManyMeasures>>;
}

/** The name of the model of all directions. */
const ALL = "all";

/**
 * Trains the models one after another.
 *
 * @throws {RangeError} If a single direction is none of those that are learned.
 */
export const trainManyCases: Stage<
  & Partial<
    & ManyTraining
    & TransformerSettings
    & SingleSettings
    & { readonly maxLength: number }
  >
  & { readonly many: ManyCorpus },
  { readonly results: ManyResults }
> = forEach("models", {
  needs: ["many"],
  settings: {
    ...manyTraining,
    ...transformerSettings,
    ...singleSettings,
    ...only(manySettings, "maxLength"),
  },
  adds: { results: "measures of each model" },
  cases: ({ many, singles, ...settings }) => {
    const { directions, unseen } = many;
    const chosen = singles.map((name) => {
      const found = directions.find((one) => directionName(one) === name);
      if (found) return found;
      throw new RangeError(
        `Expected singles among ${
          directions.map(directionName).join(", ")
        } but found ${name}`,
      );
    });
    const whole: Case<ManyCase> = {
      name: ALL,
      keyName: "model",
      input: {
        ...settings,
        many,
        learned: directions,
        measured: [...directions, ...unseen],
        keep: "kept",
      },
    };
    return [
      whole,
      ...chosen.map((direction): Case<ManyCase> => ({
        name: directionName(direction),
        keyName: "model",
        input: {
          ...settings,
          many,
          learned: [direction],
          measured: [direction],
          keep: "dropped",
        },
      })),
    ];
  },
  stage: trainMany,
  collect: (cases) => {
    const all = cases.find(({ name }) => name === ALL)!.out.measures; // the first case
    const singles = cases.filter(({ name }) => name !== ALL)
      .map(({ name, out }) => [name, out.measures] as const);
    return { results: { all, singles: Object.fromEntries(singles) } };
  },
});
