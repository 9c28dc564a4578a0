/**
 * How far a bound is from what it bounds.
 * @module
 */

/** A model at one moment of its training; means in nats per item. */
export interface GapPoint {
  /** Weight updates so far. */
  readonly step: number;
  /** Mean log p(x), in nats. */
  readonly logLikelihood: number;
  /** Mean evidence lower bound, in nats. */
  readonly elbo: number;
  /** Mean KL(q(z | x) || p(z | x)), in nats. */
  readonly gap: number;
  /** Mean of log p(x) - ELBO - KL, which is zero but for noise and rounding. */
  readonly residual: number;
  /** Standard error of the residual over the items. */
  readonly residualStdErr: number;
}

/** A model over its training, in order. */
export type GapHistory = readonly GapPoint[];
