/**
 * Densities in the plane whose entropy is known.
 * @module
 */
import { type Key, split } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import { uniform } from "../../core/random/uniform.ts";

/** A density in the plane, by name. */
export type PlaneTargetName = "mixture" | "ring" | "banana";

/** The names, from the easiest to learn. */
export const planeTargetNames: readonly [
  PlaneTargetName,
  ...PlaneTargetName[],
] = ["banana", "mixture", "ring"];

/** From one corner of a rectangle to the other. */
export interface Rectangle {
  /** From left to right. */
  readonly x: readonly [number, number];
  /** From bottom to top. */
  readonly y: readonly [number, number];
}

/** A density in the plane. */
export interface PlaneTarget {
  /** Log density in nats, in double precision. */
  readonly logProb: (x: number, y: number) => number;
  /** Independent points, [count, 2]. */
  readonly sample: (key: Key, count: number) => Float32Array<ArrayBuffer>;
  /** -E log p, in nats. */
  readonly entropy: number;
  /** Where pictures look. */
  readonly view: Rectangle;
  /** What holds all but 1e-7 of the mass. */
  readonly whole: Rectangle;
}

/** One round part of a mixture. */
interface Part {
  readonly weight: number;
  readonly at: readonly [number, number];
  readonly deviation: number;
}

const LOG_2_PI = Math.log(2 * Math.PI);

/** Standard deviation of a banana's width. */
const BANANA = 0.5;

/** The densities. */
export const planeTargets: Readonly<Record<PlaneTargetName, PlaneTarget>> = {
  mixture: mixture([
    { weight: 0.3, at: [-2, 1], deviation: 0.5 },
    { weight: 0.7, at: [1.5, -0.5], deviation: 0.25 },
  ], square(4)),
  ring: mixture(
    Array.from({ length: 8 }, (_, k) => {
      const angle = 2 * Math.PI * k / 8;
      const at = [2 * Math.cos(angle), 2 * Math.sin(angle)] as const;
      return { weight: 1 / 8, at, deviation: 0.2 };
    }),
    square(3),
  ),
  // x is standard normal, y is x^2 and half a standard normal
  banana: {
    logProb: (x, y) =>
      -(x ** 2 + ((y - x ** 2) / BANANA) ** 2) / 2 - LOG_2_PI -
      Math.log(BANANA),
    sample: (key, count) => {
      const noise = normal(key, 2 * count);
      return noise.map((value, i) =>
        i % 2 === 0 ? value : noise[i - 1]! ** 2 + BANANA * value
      );
    },
    entropy: 1 + LOG_2_PI + Math.log(BANANA),
    view: { x: [-3.5, 3.5], y: [-2, 5] },
    whole: { x: [-6, 6], y: [-4, 36] },
  },
};

function mixture(parts: readonly Part[], view: Rectangle): PlaneTarget {
  const logProb = (x: number, y: number) => {
    const terms = parts.map(({ weight, at, deviation }) =>
      Math.log(weight) - LOG_2_PI - 2 * Math.log(deviation) -
      ((x - at[0]) ** 2 + (y - at[1]) ** 2) / (2 * deviation ** 2)
    );
    const largest = Math.max(...terms);
    const sum = terms.reduce((sum, term) => sum + Math.exp(term - largest), 0);
    return largest + Math.log(sum);
  };
  return {
    logProb,
    sample: (key, count) => {
      const [choiceKey, noiseKey] = split(key, 2);
      const choices = uniform(choiceKey, count);
      return normal(noiseKey, 2 * count).map((value, i) => {
        const { at, deviation } = choose(parts, choices[i >> 1]!); // one for each point
        return at[i % 2]! + deviation * value;
      });
    },
    entropy: entropyOf(logProb),
    view,
    whole: square(8),
  };
}

function choose(parts: readonly Part[], at: number): Part {
  let sum = 0;
  const found = parts.find(({ weight }) => at < (sum += weight));
  return found ?? parts.at(-1)!; // the sum may round to less than 1
}

function square(reach: number): Rectangle {
  return { x: [-reach, reach], y: [-reach, reach] };
}

/**
 * -sum p log p of a grid: the trapezoidal rule, whose error for sums of normal densities of deviation s falls as
 * exp(-2 (pi s / spacing)^2), which is below 1e-80 here.
 */
function entropyOf(logProb: (x: number, y: number) => number): number {
  const [reach, spacing] = [6, 0.04];
  let total = 0;
  for (let x = -reach; x <= reach; x += spacing) {
    for (let y = -reach; y <= reach; y += spacing) {
      const log = logProb(x, y);
      total -= Math.exp(log) * log;
    }
  }
  return total * spacing ** 2;
}
