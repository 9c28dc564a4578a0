/**
 * What shapes the study of lost modes.
 * @module
 */
import { count, list, oneOf, real } from "../../core/task/fields.ts";
import { type Flags, only } from "../../core/task/flags.ts";
import {
  type GanSizes,
  ganSizes,
  type GanTraining,
  ganTraining,
  type SampleRequest,
  sampleRequest,
} from "../gan_settings.ts";
import { type RemedyName, remedyNames } from "./remedies.ts";

/** How games on the ring are played. */
export interface RingRequest {
  /** Turns: an update of the generator each. */
  readonly turns: number;
  /** Points of a batch. */
  readonly ringBatch: number;
  /** Units of both hidden layers of each player. */
  readonly ringHidden: number;
  /** Adam's step size, for both players. */
  readonly ringLearningRate: number;
  /** Turns between two measurements. */
  readonly measureEvery: number;
}

/** Settings of `RingRequest`, with their defaults and rules. */
export const ringRequest: Flags<RingRequest> = {
  turns: count(4000, "turns of a game on the ring", { smoke: 60 }),
  ringBatch: count(256, "points of a batch", { min: 2, smoke: 64 }),
  ringHidden: count(128, "units of both hidden layers of each player", {
    smoke: 16,
  }),
  ringLearningRate: real(1e-3, "step size of Adam on the ring", { min: 0 }),
  measureEvery: count(250, "turns between two measurements on the ring", {
    smoke: 20,
  }),
};

/** What is compared, and how often. */
export interface ModesRequest {
  /** The kinds of games. */
  readonly remedies: readonly RemedyName[];
  /** Games of each kind on the ring. */
  readonly ringSeeds: number;
  /** Games of each kind on images. */
  readonly imageSeeds: number;
}

/** Settings of `ModesRequest`, with their defaults and rules. */
export const modesRequest: Flags<ModesRequest> = {
  remedies: list(remedyNames, oneOf(remedyNames, "kinds of games"), {
    least: 1,
    repeats: "refused",
  }),
  ringSeeds: count(3, "games of each kind on the ring", { smoke: 2 }),
  imageSeeds: count(2, "games of each kind on images", { smoke: 1 }),
};

/** How games on images are played; the kind of game decides the decay of gradients. */
export type ImageTraining = Omit<GanTraining, "beta1">;

/** Settings of games on images, with their defaults and rules. */
export const imageGames: Flags<ImageTraining & GanSizes & SampleRequest> = {
  ...only(
    ganTraining,
    ...["epochs", "batch", "learningRate", "recordEvery", "snapshots"] as const,
  ),
  ...ganSizes,
  ...sampleRequest,
};
