/**
 * Vectors of real numbers as the stages hand them on.
 * @module
 */

/** Vectors of one length. */
export interface Vectors {
  /** Vector after vector, [count * length]. */
  readonly values: Float32Array<ArrayBuffer>;
  /** How many vectors. */
  readonly count: number;
  /** Numbers of a vector. */
  readonly length: number;
}
