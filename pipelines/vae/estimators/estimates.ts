/**
 * Estimates of log p(x) of one model.
 * @module
 */

/** Samples of the prior, of the encoder, or annealed from one to the other. */
export type EstimatorName = "prior" | "encoder" | "annealing";

/** An estimator at one size, averaged over images; in nats per image. */
export interface EstimatePoint {
  /** Which one. */
  readonly estimator: EstimatorName;
  /** Samples of each image; distributions between prior and posterior, of annealing. */
  readonly size: number;
  /** Decoder evaluations of each estimate; with gradients, those of annealing. */
  readonly evaluations: number;
  /** Mean of the estimates: a lower bound in expectation. */
  readonly bound: number;
  /** Standard error of an estimate by the delta method, root mean square over images. */
  readonly predictedError: number;
  /** Distance from quadrature, root mean square over estimates; absent without quadrature. */
  readonly error?: number;
  /** Equally weighted samples worth as much as all that were drawn, mean over images. */
  readonly effectiveSampleSize: number;
}

/** A mean difference from quadrature over images, in nats. */
export interface Difference {
  /** Mean over images. */
  readonly mean: number;
  /** Standard error of the mean. */
  readonly standardError: number;
}

/** Both bounds on images drawn from the model itself. */
export interface Sandwich {
  /** Mean of the lower bounds: annealing up. */
  readonly lower: number;
  /** Mean of the upper bounds: annealing down from an exact sample. */
  readonly upper: number;
  /** Mean over images by quadrature, with the bounds' distances from it; absent without quadrature. */
  readonly truth?: {
    readonly value: number;
    readonly lower: Difference;
    readonly upper: Difference;
  };
}

/** All that was estimated of a model. */
export interface Estimates {
  /** Length of a latent vector. */
  readonly latent: number;
  /** Images of the test set. */
  readonly images: number;
  /** By estimator and size, ascending. */
  readonly points: readonly EstimatePoint[];
  /** Mean over the test images by quadrature. */
  readonly truth?: number;
  /** What twice the grid spacing changes at most. */
  readonly spacingError?: number;
  /** Best annealed estimates less quadrature. */
  readonly annealingDifference?: Difference;
  /** On images drawn from the model. */
  readonly sandwich: Sandwich;
  /** Mean acceptance of the transitions. */
  readonly acceptance: number;
}
