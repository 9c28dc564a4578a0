/**
 * Norms of vectors and gradients from layer to layer, at one moment and during training.
 * @module
 */

/** Norms at the places of one stack. */
export interface PlaceNorms {
  /** Root mean square of the activations, [place]. */
  readonly rms: readonly number[];
  /** Length of the gradient of the activations, [place]. */
  readonly activation: readonly number[];
  /** Length of the gradient of the weights, [place]. */
  readonly weights: readonly number[];
}

/** Norms at the places of one stack, at one step. */
export interface GradientMoment extends PlaceNorms {
  /** Weight updates so far. */
  readonly step: number;
}

/** Norms at the places of one stack, during training. */
export interface GradientHistory {
  /** `encoder` or `decoder`, or empty where there is one stack. */
  readonly stack: string;
  /** How many layers: place 0 is what enters. */
  readonly layers: number;
  /** In order of their steps. */
  readonly moments: readonly GradientMoment[];
}

/** What is measured at each place. */
export type GradientKind = "activation" | "weights";
