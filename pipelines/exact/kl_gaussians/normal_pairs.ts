/**
 * Pairs of normal distributions, and what is known of their divergences.
 * @module
 */
import type { FullNormal } from "../../../models/distributions/full_normal.ts";

/** The shape of the covariances of a pair. */
export type CovarianceKind = "univariate" | "diagonal" | "full";

/** Two normal distributions, a distance apart. */
export interface NormalPair {
  /** Shape of both covariances. */
  readonly kind: CovarianceKind;
  /** Zero where both are equal; the mean moves in proportion, and so do the logarithms of the scales. */
  readonly separation: number;
  /** The distribution that is sampled. */
  readonly q: FullNormal;
  /** The distribution that it is compared with. */
  readonly p: FullNormal;
}

/** A mean over samples, beside the number that it should be. */
export interface SampledKl {
  /** Nats. */
  readonly mean: number;
  /** Standard error of the mean, in nats. */
  readonly standardError: number;
}

/** KL(q || p) of a pair, by formula and by samples. */
export interface KlComparison {
  /** The pair. */
  readonly pair: NormalPair;
  /** By the closed form of the pair's kind, in nats. */
  readonly closedForm: number;
  /** The mean log ratio. */
  readonly plain: SampledKl;
  /** The mean log ratio with a control variate. */
  readonly controlled: SampledKl;
}
