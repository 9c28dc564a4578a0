/**
 * The timesteps of a sampler with fewer steps than the chain.
 * @module
 */

/**
 * How timesteps are spread: `linspace` from T - 1 to 0, both met; `leading` at multiples of floor(T / N), of which T - 1
 * is none; `trailing` from T - 1 downwards by T / N.
 *
 * Source: Lin et al. 2024, table 2.
 */
export type Spacing = "linspace" | "leading" | "trailing";

/** What decides the timesteps. */
export interface SpacingOptions {
  /** T, of the chain. */
  readonly timesteps: number;
  /** N, of the sampler. */
  readonly steps: number;
  /** How they are spread; linspace unless given. */
  readonly spacing?: Spacing;
  /** Whether timestep 0 is one of them under `linspace` and `leading`: the last of N, or the one left out of N + 1. */
  readonly zero?: "met" | "left-out";
  /** Added under `leading`; 0 unless given. */
  readonly offset?: number;
  /** Whether to round to whole timesteps, halves to even ones; no unless given. */
  readonly rounding?: "none" | "half-even";
}

/**
 * Lists the timesteps of a sampler.
 *
 * @param options How many of how many, and how they are spread.
 * @returns Descending, [N].
 * @throws {RangeError} If there are more steps than whole timesteps to round to, or under `leading` to step over.
 */
export function spacedTimesteps(
  {
    timesteps,
    steps,
    spacing = "linspace",
    zero = "met",
    offset = 0,
    rounding = "none",
  }: SpacingOptions,
): readonly number[] {
  const points = zero === "met" || spacing === "trailing" ? steps : steps + 1;
  if (!Number.isInteger(steps) || steps < 1) {
    throw new RangeError(
      `Expected a whole number of at least 1 step but found ${steps}`,
    );
  }
  const isWhole = rounding === "half-even" || spacing === "leading";
  if (isWhole && points > timesteps) {
    throw new RangeError(
      `Expected at most ${
        timesteps - (points - steps)
      } steps on ${timesteps} whole timesteps but found ${steps}`,
    );
  }
  const round = rounding === "half-even" ? roundHalfEven : (t: number) => t;
  const gap = (timesteps - 1) / Math.max(1, points - 1); // numpy's linspace, whose halves are rounded, multiplies by it
  const all = Array.from({ length: points }, (_, i) => {
    switch (spacing) {
      case "linspace":
        return i === 0 ? timesteps - 1 : round(gap * (points - 1 - i));
      case "leading":
        return Math.floor(timesteps / points) * (points - 1 - i) + offset;
      case "trailing":
        return round(timesteps - i * timesteps / steps) - 1;
    }
  });
  return all.slice(0, steps);
}

/** Rounds to the nearest whole number, halves to the even one. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
