/**
 * What a ratio of norms is called.
 * @module
 */

/** How much a norm may differ from the first layer to the last to be called flat. */
export const FLAT = 1.5;

/** How a norm changes from the first layer to the last. */
export type Trend = "grows" | "stays flat" | "falls";

/**
 * Names the change of a norm.
 *
 * @param ratio Last over first layer.
 * @returns `stays flat` within a factor of {@linkcode FLAT}.
 */
export function trendOf(ratio: number): Trend {
  if (ratio >= FLAT) return "grows";
  return ratio <= 1 / FLAT ? "falls" : "stays flat";
}
