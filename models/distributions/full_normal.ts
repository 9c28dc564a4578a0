/**
 * Correlated normal numbers in double precision: the exact answers that estimates are checked against.
 * @module
 */
import { cholesky, type Matrix, solveLower } from "./cholesky.ts";

/** A normal distribution with any covariance, in plain numbers: for closed forms of small models, not for training. */
export class FullNormal {
  /** Expectation of the numbers, [n]. */
  readonly mean: readonly number[];
  /** Symmetric and positive definite, [n, n]. */
  readonly covariance: Matrix;
  readonly #factor: Matrix;

  /**
   * From the mean and the covariance of n numbers, which is factored once.
   *
   * @param mean [n]
   * @param covariance Symmetric and positive definite, [n, n].
   * @throws {RangeError} If the covariance is not positive definite.
   */
  constructor(mean: readonly number[], covariance: Matrix) {
    this.mean = mean;
    this.covariance = covariance;
    this.#factor = cholesky(covariance);
  }

  /** Logarithm of the determinant of the covariance. */
  get logDet(): number {
    return this.#factor.reduce((sum, row, i) => sum + 2 * Math.log(row[i]!), 0);
  }

  /**
   * Log density in nats: -(|L^-1 (x - mean)|^2 + log det + n log 2 pi) / 2, with covariance L L^T.
   *
   * @param values [n]
   * @throws {RangeError} If there are more numbers, or fewer.
   */
  logProb(values: readonly number[]): number {
    const scaled = this.#whiten(values);
    const size = this.mean.length;
    return -0.5 *
      (squaredLength(scaled) + this.logDet + size * Math.log(2 * Math.PI));
  }

  /**
   * Turns noise into a sample: mean + L noise.
   *
   * @param noise Standard normal, [n].
   * @returns [n]
   */
  sample(noise: readonly number[]): number[] {
    return this.#factor.map((row, i) =>
      row.reduce((sum, entry, j) => sum + entry * noise[j]!, this.mean[i]!)
    );
  }

  /**
   * KL(this || other) in nats: (tr(S'^-1 S) + |L'^-1 (mean - mean')|^2 - n + log det S' - log det S) / 2.
   *
   * @param other A distribution over as many numbers.
   * @throws {RangeError} If it is over more numbers, or fewer.
   */
  kl(other: FullNormal): number {
    const distance = squaredLength(other.#whiten(this.mean));
    const columns = this.#factor.map((_, j) =>
      this.#factor.map((row) => row[j]!)
    );
    const trace = columns.reduce(
      (sum, column) => sum + squaredLength(solveLower(other.#factor, column)),
      0,
    );
    return 0.5 *
      (trace + distance - this.mean.length + other.logDet - this.logDet);
  }

  #whiten(values: readonly number[]): number[] {
    if (values.length !== this.mean.length) {
      throw new RangeError(
        `Expected ${this.mean.length} numbers but found ${values.length}`,
      );
    }
    const centred = values.map((value, i) => value - this.mean[i]!);
    return solveLower(this.#factor, centred);
  }
}

function squaredLength(vector: readonly number[]): number {
  return vector.reduce((sum, entry) => sum + entry * entry, 0);
}
