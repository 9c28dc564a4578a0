/**
 * Settings of a study of where the layer norms stand.
 * @module
 */
import { count, list } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import {
  type TransformerShape,
  transformerShape,
} from "../build_transformer.ts";
import { type LossThreshold, lossThreshold } from "../language_results.ts";
import {
  type LanguageTraining,
  languageTraining,
} from "../train_language_model.ts";
import { type StabilitySizes, stabilitySizes } from "./find_stable_rates.ts";
import { type InitialSeeds, initialSeeds } from "./measure_initial_norms.ts";
import { type JacobianSeeds, jacobianSeeds } from "./measure_jacobians.ts";

/** What all models of the study share. */
export interface SharedConfig
  extends TransformerShape, LanguageTraining, LossThreshold {}

/** Settings of `SharedConfig`, with their defaults and rules. */
export const sharedSettings: Flags<SharedConfig> = {
  ...transformerShape,
  ...languageTraining,
  ...lossThreshold,
};

/** How much to study. */
export interface StudySizes
  extends InitialSeeds, JacobianSeeds, StabilitySizes {
  /** Trainings of each of the four kinds of models. */
  readonly seeds: number;
  /** Layers of the shallow models. */
  readonly shallow: number;
  /** Layers of the deep models. */
  readonly deep: number;
  /** Layers of the untrained models. */
  readonly depths: readonly number[];
  /** Width of the models whose layers are differentiated. */
  readonly jacobianWidth: number;
  /** Layers that are differentiated. */
  readonly jacobianLayers: number;
  /** Characters that they see. */
  readonly jacobianContext: number;
}

/** Settings of `StudySizes`, with their defaults and rules. */
export const studySizes: Flags<StudySizes> = {
  seeds: count(5, "trainings of each of the four kinds of models", {
    smoke: 2,
  }),
  shallow: count(5, "layers of the shallow models", { min: 2, smoke: 2 }),
  deep: count(12, "layers of the deep models", { min: 2, smoke: 4 }),
  depths: list(
    [2, 3, 4, 6, 8, 12, 16],
    count(2, "layers of the untrained models", { min: 2 }),
    { least: 1, repeats: "refused", smoke: [2, 4] },
  ),
  ...initialSeeds,
  jacobianWidth: count(
    16,
    "width of the models whose layers are differentiated",
    { smoke: 8 },
  ),
  jacobianLayers: count(12, "layers that are differentiated", {
    min: 2,
    smoke: 2,
  }),
  jacobianContext: count(4, "characters that they see", { smoke: 3 }),
  ...jacobianSeeds,
  ...stabilitySizes,
};
