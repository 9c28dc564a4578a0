/**
 * What shapes the study of both generator losses.
 * @module
 */
import { count, list } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";

/** How long a discriminator learns against a generator that does not. */
export interface FrozenRequest {
  /** Updates of the discriminator after which gradients are measured, in order. */
  readonly frozenUpdates: readonly number[];
  /** Noise vectors that a gradient is the mean of. */
  readonly frozenNoises: number;
}

/** Settings of `FrozenRequest`, with their defaults and rules. */
export const frozenRequest: Flags<FrozenRequest> = {
  frozenUpdates: list(
    [0, 1, 2, 5, 10, 20, 50, 100, 200, 400],
    count(
      0,
      "updates of the discriminator after which gradients are measured",
      {
        min: 0,
      },
    ),
    { least: 1, repeats: "refused", smoke: [0, 1, 5, 20] },
  ),
  frozenNoises: count(256, "noise vectors that a gradient is the mean of", {
    min: 2,
    smoke: 32,
  }),
};

/** How discriminators of Gaussians learn. */
export interface GaussianRequest {
  /** Updates of each discriminator. */
  readonly gaussianUpdates: number;
  /** Held-out points of each density, for the learned value. */
  readonly gaussianPoints: number;
}

/** Settings of `GaussianRequest`, with their defaults and rules. */
export const gaussianRequest: Flags<GaussianRequest> = {
  gaussianUpdates: count(2000, "updates of a discriminator of two Gaussians", {
    smoke: 100,
  }),
  gaussianPoints: count(
    100_000,
    "held-out points of each density, for the learned value",
    { min: 1000, smoke: 5000 },
  ),
};

/** How often the study is repeated. */
export interface SeedRequest {
  /** Draws of the weights and of the noise. */
  readonly seeds: number;
}

/** Settings of `SeedRequest`, with their defaults and rules. */
export const seedRequest: Flags<SeedRequest> = {
  seeds: count(3, "draws of the weights and of the noise", { smoke: 2 }),
};
