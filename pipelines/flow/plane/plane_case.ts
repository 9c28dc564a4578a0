/**
 * What is found out about a flow over the plane.
 * @module
 */
import type { Point } from "../../charts/thin_points.ts";
import type { MeanAndError } from "../../statistics/mean_and_error.ts";
import type { PlaneTargetName } from "./plane_targets.ts";

/** A learned density beside the one that it learned. */
export interface PlaneCase {
  /** The density that was learned. */
  readonly target: PlaneTargetName;
  /** -E log p, in nats. */
  readonly entropy: number;
  /** -E_p log q, in nats: the cross-entropy. */
  readonly crossEntropy: MeanAndError;
  /** E_p[log p - log q], in nats, on the same points. */
  readonly kl: MeanAndError;
  /** The sum of q over a grid, times the area of a cell: 1. */
  readonly integral: number;
  /** The largest error of a coordinate, through the flow and back. */
  readonly inverseError: number;
  /** The Kullback-Leibler divergence over the weight updates. */
  readonly history: readonly Point[];
  /** Densities p and q in the cells of the view, [y, x]. */
  readonly densities: readonly [Float32Array, Float32Array];
  /** Points of p and of q, [point, 2]. */
  readonly points: readonly [Float32Array, Float32Array];
  /** The grid of the latents, and what is left of it after each coupling on the way to the data, [line, point, 2]. */
  readonly grids: readonly Float32Array[];
}
