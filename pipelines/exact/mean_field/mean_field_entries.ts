/**
 * What is known of products of factors that stand in for a distribution with dependent parts.
 * @module
 */

/** The free energy of the best factors of one kind, in nats, exactly and by optimization. */
export interface BestFreeEnergy {
  /** From the condition that the free energy is stationary. */
  readonly exact: number;
  /** By minimization. */
  readonly optimized: number;
  /** Mean energy of the exact factors. */
  readonly meanEnergy: number;
}

/** Binary numbers of which not all are ones, at one inverse temperature. */
export interface BinaryPoint {
  /** Inverse temperature. */
  readonly beta: number;
  /** Exactly, in nats. */
  readonly logPartition: number;
  /** By a sum over all configurations. */
  readonly meanEnergy: number;
  /** Derivative of log Z by beta, by central differences of sums over all configurations. */
  readonly slope: number;
  /** Best product of equal factors. */
  readonly equal: BestFreeEnergy;
  /** Best product of free factors. */
  readonly free: BestFreeEnergy;
}

/** KL(q || p) of the best factors for p(w) proportional to 1 - prod w_i, in nats. */
export interface BinaryLimit {
  /** Binary numbers. */
  readonly count: number;
  /** Divergence of equal factors. */
  readonly equal: number;
  /** Divergence of free factors. */
  readonly free: number;
  /** Divergence of free factors, by coordinate descent. */
  readonly freeOptimized: number;
}

/** Two normal numbers of variance 1 and their best equal factors. */
export interface NormalPoint {
  /** Correlation of the two numbers. */
  readonly correlation: number;
  /** Variance of a factor, exactly. */
  readonly variance: number;
  /** KL(q || p), exactly, in nats. */
  readonly kl: number;
  /** Variance of a factor, by optimization. */
  readonly varianceOptimized: number;
  /** KL(q || p), by optimization, in nats. */
  readonly klOptimized: number;
}

/** All that was solved. */
export interface MeanField {
  /** By inverse temperature, ascending. */
  readonly binary: readonly BinaryPoint[];
  /** By count, ascending. */
  readonly limits: readonly BinaryLimit[];
  /** By correlation, ascending. */
  readonly normals: readonly NormalPoint[];
  /** Inverse temperature above which free factors are better than equal ones. */
  readonly symmetryBreaks: number;
}
