/**
 * Linear multistep methods on the probability-flow differential equation.
 * @module
 */
import { combine, type Sampler, visitEach } from "./sampler.ts";

/** Abscissae and weights of Gauss and Legendre on [-1, 1], exact for polynomials of degree 7. */
const GAUSS: readonly (readonly [number, number])[] = [
  [-0.8611363115940526, 0.34785484513745385],
  [-0.3399810435848563, 0.6521451548625461],
  [0.3399810435848563, 0.6521451548625461],
  [0.8611363115940526, 0.34785484513745385],
];

/** Which of the methods. */
export interface LmsOptions {
  /** How many nodes, 1 to 4: 4 unless given. */
  readonly order?: number;
  /**
   * Whether the order of the first steps follows from what was visited, or as in published code from the index of the
   * node: an image that begins in the middle of a grid then has weights for nodes that were never visited, and ends
   * elsewhere.
   */
  readonly begin?: "corrected" | "as-published";
}

/**
 * The method of Adams and Bashforth on a grid of any spacing: integrates the polynomial through the noise at the newest
 * nodes over the ratio of noise to signal. The first steps have the order that their past allows.
 *
 * Source: Karras et al. 2022 for the equation; Hairer et al. 1993, section III.5, for the method.
 *
 * @param options Order, and how it begins.
 * @returns The sampler.
 * @throws {RangeError} If the order is not 1, 2, 3 or 4.
 */
export function lms(
  { order = 4, begin = "corrected" }: LmsOptions = {},
): Sampler {
  if (![1, 2, 3, 4].includes(order)) {
    throw new RangeError(`Expected order 1, 2, 3 or 4 but found ${order}`);
  }
  return {
    name: order === 4 ? "lms" : `lms, order ${order}`,
    order,
    visits: visitEach,
    step: ({ grid, index, past }) => {
      const to = grid.nodes[index + 1]!; // the end at least
      const [{ node, x }] = past;
      const used = past.slice(0, order);
      const nodes = begin === "corrected"
        ? used.map(({ node }) => node)
        : grid.nodes.slice(Math.max(0, index + 1 - order), index + 1).reverse();
      const ratios = nodes.map(({ ratio }) => ratio);
      return {
        x: combine(
          [to.signal / node.signal, x],
          ...used.map(({ noise }, j) =>
            [to.signal * integral(ratios, j, to.ratio), noise] as const
          ),
        ),
      };
    },
  };
}

/** Integral from the first place to `end` of the polynomial that is 1 at place j and 0 at the others. */
function integral(places: readonly number[], j: number, end: number): number {
  const start = places[0]!; // at least one
  const half = (end - start) / 2;
  return GAUSS.reduce((sum, [at, weight]) => {
    const place = (end + start) / 2 + half * at;
    const value = places.reduce(
      (product, other, k) =>
        k === j ? product : product * (place - other) / (places[j]! - other),
      1,
    );
    return sum + half * weight * value;
  }, 0);
}
