/**
 * How far a bound is from what it bounds.
 * @module
 */

/** A model at one moment of its training; means in nats per item. */
export interface GapPoint {
  /** Weight updates so far. */
  readonly step: number;
  /** Of log p(x). */
  readonly logLikelihood: number;
  /** Of the evidence lower bound. */
  readonly elbo: number;
  /** Of KL(q(z | x) || p(z | x)). */
  readonly gap: number;
  /** Of log p(x) - ELBO - KL, which is zero but for noise and rounding. */
  readonly residual: number;
  /** Standard error of the residual over the items. */
  readonly residualStdErr: number;
}

/** A model over its training, in order. */
export type GapHistory = readonly GapPoint[];
