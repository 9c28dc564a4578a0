/**
 * Log-likelihoods from importance weights that arrive in chunks, in double precision.
 * @module
 */

/**
 * Gathers the log weights of each item and gives the log of their mean, with its error.
 *
 * Only four numbers per item are kept, so that thousands of importance samples need no memory. The order of the
 * chunks does not matter but for rounding.
 */
export class RunningLogMeanExp {
  /** Items, such as images. */
  readonly items: number;
  #importanceSamples = 0;
  readonly #greatest: Float64Array; // of each item's log weights
  readonly #sum: Float64Array; // of weight / exp(greatest)
  readonly #sumOfSquares: Float64Array; // of the same

  /**
   * Begins without weights.
   *
   * @param items How many items are weighed side by side.
   * @throws {RangeError} If items is no positive integer.
   */
  constructor(items: number) {
    if (!Number.isInteger(items) || items < 1) {
      throw new RangeError(`Expected items to be positive but found ${items}`);
    }
    this.items = items;
    this.#greatest = new Float64Array(items).fill(-Infinity);
    this.#sum = new Float64Array(items);
    this.#sumOfSquares = new Float64Array(items);
  }

  /** Weights per item so far. */
  get importanceSamples(): number {
    return this.#importanceSamples;
  }

  /**
   * Adds the log weights of a chunk of samples.
   *
   * @param logWeights Nats, row by row: [importance sample, item]; -Infinity is a weight of zero.
   * @throws {RangeError} If the rows are not full, or a weight is NaN or infinite; then nothing has changed.
   */
  add(logWeights: ArrayLike<number>): void {
    const samples = logWeights.length / this.items;
    if (!Number.isInteger(samples)) {
      throw new RangeError(
        `Expected rows of ${this.items} log weights but found ${logWeights.length} in all`,
      );
    }
    for (let i = 0; i < logWeights.length; i++) {
      if (logWeights[i]! < Infinity) continue; // false for NaN
      throw new RangeError(
        `Expected log weights below Infinity but found ${logWeights[i]}`,
      );
    }
    for (let i = 0; i < logWeights.length; i++) {
      this.#gather(i % this.items, logWeights[i]!, 1, 1);
    }
    this.#importanceSamples += samples;
  }

  /**
   * Adds the weights gathered elsewhere for the same items.
   *
   * @param other Unchanged.
   * @throws {RangeError} If it has another number of items.
   */
  merge(other: RunningLogMeanExp): void {
    if (other.items !== this.items) {
      throw new RangeError(
        `Expected weights of ${this.items} items but found ${other.items}`,
      );
    }
    for (let item = 0; item < this.items; item++) {
      this.#gather(
        item,
        other.#greatest[item]!,
        other.#sum[item]!,
        other.#sumOfSquares[item]!,
      );
    }
    this.#importanceSamples += other.#importanceSamples;
  }

  /**
   * Log of the mean weight of each item, in nats: the estimate of log p(x), biased downwards.
   *
   * Source: Burda et al. 2016, eq. 8.
   */
  logMeanExp(): Float64Array {
    return this.#greatest.map((greatest, item) =>
      greatest + Math.log(this.#sum[item]! / this.#importanceSamples)
    );
  }

  /**
   * Standard error of each estimate by the delta method, in nats: sqrt(Var(w) / k) / mean(w).
   *
   * With k samples this is sqrt((k / effective sample size - 1) / (k - 1)); NaN for one sample.
   */
  standardErrors(): Float64Array {
    const k = this.#importanceSamples;
    return this.effectiveSampleSizes().map((size) =>
      Math.sqrt(Math.max(0, k / size - 1) / (k - 1)) // rounding may go below 0
    );
  }

  /** Samples of equal weight that would be worth as much, for each item: (sum w)^2 / sum w^2, between 1 and k. */
  effectiveSampleSizes(): Float64Array {
    return this.#sum.map((sum, item) => sum ** 2 / this.#sumOfSquares[item]!);
  }

  /** Adds sums of weights relative to exp(greatest). */
  #gather(item: number, greatest: number, sum: number, squares: number): void {
    if (greatest === -Infinity) return;
    const before = this.#greatest[item]!;
    if (greatest <= before) {
      const scale = Math.exp(greatest - before);
      this.#sum[item]! += sum * scale;
      this.#sumOfSquares[item]! += squares * scale ** 2;
    } else {
      const scale = Math.exp(before - greatest);
      this.#greatest[item] = greatest;
      this.#sum[item] = this.#sum[item]! * scale + sum;
      this.#sumOfSquares[item] = this.#sumOfSquares[item]! * scale ** 2 +
        squares;
    }
  }
}
