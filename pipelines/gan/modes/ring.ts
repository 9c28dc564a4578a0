/**
 * A ring of Gaussians, and how well samples cover it.
 * @module
 */
import { type Key, split } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import { uniform } from "../../core/random/uniform.ts";

/** Gaussians on the ring. */
export const MODES = 8;
/** Distance of the centres from the origin. */
const RADIUS = 2;
/** Standard deviation of each Gaussian, in each direction. */
const DEVIATION = 0.02;
/** Deviations from a centre within which a sample is good: 98.9 % of real points are. */
const REACH = 3;
/** Good samples, of a thousand, that a mode needs to be found. */
const FOUND = 8;

/** How well samples cover the ring. */
export interface RingCoverage {
  /** Modes with at least 8 good samples in a thousand; equal shares would be 125. */
  readonly modes: number;
  /** Part of the samples within 3 deviations of a centre. */
  readonly quality: number;
  /** KL divergence of the good samples' modes to equal shares, in nats; log 8 where there are none. */
  readonly klToUniform: number;
}

/** Draws points of the ring, each Gaussian equally likely, [count, 2]. */
export function ringPoints(key: Key, count: number): Float32Array {
  const [modeKey, noiseKey] = split(key, 2);
  const modes = uniform(modeKey, count);
  const points = normal(noiseKey, 2 * count);
  return points.map((z, i) => {
    const [x, y] = ringCentre(Math.floor(MODES * modes[i >> 1]!)); // two numbers of a point
    return (i % 2 === 0 ? x : y) + DEVIATION * z;
  });
}

/**
 * Counts the modes that samples show.
 *
 * @param samples Row by row, [count, 2], at least one.
 * @throws {RangeError} If there are none.
 */
export function ringCoverage(samples: ArrayLike<number>): RingCoverage {
  const count = samples.length / 2;
  if (count === 0) throw new RangeError("Expected at least one sample");
  const good = new Array<number>(MODES).fill(0);
  for (let i = 0; i < count; i++) {
    const [x, y] = [samples[2 * i]!, samples[2 * i + 1]!];
    const turn = Math.atan2(y, x) / (2 * Math.PI) * MODES;
    const mode = (Math.round(turn) + MODES) % MODES;
    const [a, b] = ringCentre(mode);
    if (Math.hypot(x - a, y - b) <= REACH * DEVIATION) good[mode]!++;
  }
  const total = good.reduce((sum, one) => sum + one, 0);
  const kl = good.reduce((sum, one) => {
    const share = one / total;
    return one > 0 ? sum + share * Math.log(share * MODES) : sum;
  }, 0);
  return {
    modes: good.filter((one) => one >= FOUND * count / 1000).length,
    quality: total / count,
    klToUniform: total === 0 ? Math.log(MODES) : kl,
  };
}

/** Where a Gaussian of the ring is centred. */
export function ringCentre(mode: number): readonly [number, number] {
  const angle = 2 * Math.PI * mode / MODES;
  return [RADIUS * Math.cos(angle), RADIUS * Math.sin(angle)];
}
