/**
 * Guidance by a condition, without a classifier.
 * @module
 */

/**
 * Moves a prediction from that of the negative prompt towards, and beyond, that of the prompt: u + g (c - u).
 *
 * At g = 1 the negative prompt has no effect, and at g = 0 the prompt has none; both are exact.
 *
 * Source: Ho & Salimans 2022, eq. 6, with g = 1 + w.
 *
 * @param conditional c: prediction for the prompt.
 * @param unconditional u: prediction for the negative, or the empty, prompt.
 * @param guidance g
 * @returns The guided prediction.
 * @throws {RangeError} If the predictions are not equally long.
 */
export function guide(
  conditional: ArrayLike<number>,
  unconditional: ArrayLike<number>,
  guidance: number,
): Float64Array {
  const { length } = conditional;
  if (unconditional.length !== length) {
    throw new RangeError(
      `Expected predictions of equal length but found ${length} and ${unconditional.length}`,
    );
  }
  const guided = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const [c, u] = [conditional[i]!, unconditional[i]!]; // as long as each other
    guided[i] = guidance === 1 ? c : u + guidance * (c - u);
  }
  return guided;
}

/**
 * Which predictions guidance needs: only that of the prompt at 1, only that of the negative prompt at 0, else both.
 *
 * @param guidance g
 * @returns What to compute.
 */
export function neededBy(
  guidance: number,
): "prompt" | "negative" | "both" {
  if (guidance === 1) return "prompt";
  return guidance === 0 ? "negative" : "both";
}

/** Two normal laws with one mean, and the noise between which guidance leads from one to the other. */
export interface GuidedNormals {
  /** Standard deviation of the data under the condition. */
  readonly conditional: number;
  /** Standard deviation of all data. */
  readonly unconditional: number;
  /** Noise at the start, in units of the data. */
  readonly from: number;
  /** Noise at the end. */
  readonly to: number;
}

/**
 * How much a deviation from the mean shrinks along the guided probability flow, exactly: with no noise at the end, the
 * standard deviation of guided samples is conditional^g unconditional^(1 - g).
 *
 * @param normals The laws.
 * @param guidance g
 * @returns The factor from the start to the end.
 */
export function guidedFactor(
  { conditional, unconditional, from, to }: GuidedNormals,
  guidance: number,
): number {
  const ratio = (deviation: number) =>
    (deviation ** 2 + to ** 2) / (deviation ** 2 + from ** 2);
  return ratio(conditional) ** (guidance / 2) *
    ratio(unconditional) ** ((1 - guidance) / 2);
}
