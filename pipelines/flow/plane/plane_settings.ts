/**
 * What shapes flows over the plane, and what is measured of them.
 * @module
 */
import { count, list, oneOf } from "../../core/task/fields.ts";
import { type Flags, withDefaults } from "../../core/task/flags.ts";
import { type FlowTraining, flowTraining } from "../flow_settings.ts";
import { type PlaneTargetName, planeTargetNames } from "./plane_targets.ts";

/** The sizes of a flow over the plane. */
export interface PlaneSizes {
  /** Couplings, one after another. */
  readonly couplings: number;
  /** Widths of the hidden layers of each. */
  readonly hidden: readonly number[];
}

/** Settings of `PlaneSizes`, with their defaults and rules. */
export const planeSizes: Flags<PlaneSizes> = {
  couplings: count(8, "couplings, one after another"),
  hidden: list(
    [64, 64],
    count(64, "units of the hidden layers of each coupling"),
    { least: 1, smoke: [32, 32] },
  ),
};

/** How many points are measured. */
export interface PlaneMeasures {
  /** Points of the target at the end. */
  readonly testPoints: number;
}

/** Settings of `PlaneMeasures`, with their defaults and rules. */
export const planeMeasures: Flags<PlaneMeasures> = {
  testPoints: count(100_000, "points of each density that are measured", {
    min: 2,
    smoke: 5000,
  }),
};

/** Settings of `FlowTraining`, with their defaults for points of the plane. */
export const planeTraining: Flags<FlowTraining> = {
  ...withDefaults(flowTraining, {
    warmUp: 0,
    decay: "cosine",
    clip: 5,
    validateEvery: 100,
  }),
  updates: count(4000, "weight updates", { smoke: 200 }),
  batch: count(512, "points of a weight update, new ones each time", {
    smoke: 256,
  }),
};

/** Which densities are learned. */
export interface PlaneChoice {
  /** By name. */
  readonly targets: readonly PlaneTargetName[];
}

/** Settings of `PlaneChoice`, with their defaults and rules. */
export const planeChoice: Flags<PlaneChoice> = {
  targets: list(
    planeTargetNames,
    oneOf(planeTargetNames, "densities to learn"),
    { least: 1, repeats: "refused" },
  ),
};
