/**
 * Step sizes of Hamiltonian transitions along a path of temperatures, found before they are used.
 * @module
 */

/** Acceptance at which a fixed number of leapfrog steps gets farthest. Neal 2011, section 5.4.4. */
const TARGET = 0.65;
/** How much the logarithm of a step size changes for each unit of acceptance above the target. */
const GAIN = 1.5;
/** Where the search begins: the prior has standard deviation one. */
const FIRST = 0.5;

/** Step sizes of each image, by the place on the path. */
export class StepSizes {
  readonly #current: Float64Array;
  readonly #found: Float64Array[] = [];

  /**
   * Begins at the prior.
   *
   * @param images How many images have a step size of their own.
   */
  constructor(images: number) {
    this.#current = new Float64Array(images).fill(FIRST);
  }

  /** Step sizes to try next, [image]. */
  get current(): Float64Array {
    return this.#current;
  }

  /**
   * Learns from the acceptance of the current ones, and keeps what is now thought best for this place.
   *
   * @param acceptance Mean over chains and steps, [image].
   */
  adapt(acceptance: ArrayLike<number>): void {
    this.#current.forEach((size, image) => {
      const excess = acceptance[image]! - TARGET; // one for each image
      this.#current[image] = size * Math.exp(GAIN * excess);
    });
    this.#found.push(this.#current.slice());
  }

  /**
   * Step sizes found at a place.
   *
   * @param place From 0, the prior, to 1, the posterior, in steps of the path.
   * @returns [image]
   */
  at(place: number): Float64Array {
    const last = this.#found.length - 1;
    return this.#found[Math.min(last, Math.floor(place * this.#found.length))]!; // the search has found some
  }
}
