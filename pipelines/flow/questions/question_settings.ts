/**
 * What the questions about flows are asked of.
 * @module
 */
import { count, list, real } from "../../core/task/fields.ts";
import { type Flags, withDefaults } from "../../core/task/flags.ts";
import { type FlowTraining, flowTraining } from "../flow_settings.ts";

/** Flows with random weights, whose inverse and Jacobian are measured. */
export interface RandomFlows {
  /** The most couplings. */
  readonly depth: number;
  /** The greatest |log scale| of a coupling. */
  readonly bounds: readonly number[];
  /** Numbers of a vector, for the cost of log determinants. */
  readonly sizes: readonly number[];
  /** Units of the hidden layers of each coupling. */
  readonly width: number;
  /** Vectors that go through each flow and back. */
  readonly vectors: number;
}

/** Settings of `RandomFlows`, with their defaults and rules. */
export const randomFlows: Flags<RandomFlows> = {
  depth: count(16, "couplings of the flow that is inverted", { smoke: 6 }),
  bounds: list(
    [0.5, 1, 2, 4],
    real(1, "greatest |log scale| of a coupling", { min: 1e-3, max: 20 }),
    { least: 1, repeats: "refused" },
  ),
  sizes: list(
    [2, 8, 32, 128, 512],
    count(2, "numbers of a vector, for the cost of log determinants", {
      min: 2,
      max: 1024,
    }),
    { least: 2, repeats: "refused", smoke: [2, 8, 32] },
  ),
  width: count(128, "units of the hidden layers of each coupling", {
    smoke: 32,
  }),
  vectors: count(1000, "vectors that go through each flow and back", {
    smoke: 100,
  }),
};

/** Settings of `FlowTraining`, with their defaults for whole numbers. */
export const integerTraining: Flags<FlowTraining> = {
  ...withDefaults(flowTraining, {
    warmUp: 0,
    decay: "cosine",
    clip: 5,
    validateEvery: 100,
  }),
  updates: count(2000, "weight updates", { smoke: 200 }),
  batch: count(256, "pairs of a weight update, new ones each time"),
};
