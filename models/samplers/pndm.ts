/**
 * Pseudo numerical methods for diffusion models.
 * @module
 */
import { combine, type Sampler, type Visited } from "./sampler.ts";
import type { GridNode } from "./sampling_grid.ts";

/** How the method begins, and what it combines. */
export interface PndmOptions {
  /**
   * `linear` visits the second node twice; `runge-kutta` makes three steps of order 4 on a grid that has a node halfway
   * through each.
   */
  readonly start?: "linear" | "runge-kutta";
  /** Predictions that are combined: of the noise, unless given, or of the velocity, as published code has it. */
  readonly of?: "noise" | "velocity";
}

/** Steps of Runge and Kutta, and calls of the network in each. */
const GROUPS = 3;
const STAGES = 4;

/**
 * PNDM: the coefficients of Adams and Bashforth, which hold for equal steps in time, in a step of DDIM.
 *
 * Source: Liu et al. 2022, eqs. 12 and 13.
 *
 * @param options How it begins.
 * @returns The sampler.
 */
export function pndm(
  { start = "linear", of = "noise" }: PndmOptions = {},
): Sampler {
  const begins = start === "runge-kutta" ? GROUPS * STAGES : 0;
  const part = ({ node, image, noise }: Visited) =>
    of === "noise"
      ? noise
      : combine([node.signal, noise], [-node.spread, image]);
  const transfer = (from: Visited, to: GridNode, sum: Float64Array) => {
    const { signal, spread } = from.node;
    const noise = of === "noise"
      ? sum
      : combine([signal, sum], [spread, from.x]);
    const image = combine([1 / signal, from.x], [-spread / signal, noise]);
    return { x: combine([to.signal, image], [to.spread, noise]) };
  };
  return {
    name: start === "linear" ? "pndm" : "pndm, runge-kutta",
    order: 2,
    visits: ({ nodes }, first) => {
      const last = nodes.length - 2;
      if (begins > 0) {
        const stages = Array.from(
          { length: begins },
          (_, i) => 2 * Math.floor(i / STAGES) + Math.ceil(i % STAGES / 2),
        );
        const rest = Array.from(
          { length: last + 1 - 2 * GROUPS },
          (_, i) => 2 * GROUPS + i,
        );
        return [...stages, ...rest];
      }
      const each = Array.from(
        { length: last + 1 - first },
        (_, i) => first + i,
      );
      return last > first ? [first, first + 1, ...each.slice(1)] : each;
    },
    step: ({ grid, visit, index, past }) => {
      const next = grid.nodes[index + 1]!; // the end at least
      if (visit < begins) {
        const stage = visit % STAGES;
        const group = past.slice(0, stage + 1).reverse(); // from the first stage on
        const to = stage % 2 === 0 ? next : grid.nodes[index]!;
        const sum = stage < STAGES - 1 ? part(past[0]) : combine(
          ...RUNGE_KUTTA.map((c, i) => [c, part(group[i]!)] as const),
        );
        return transfer(group[0]!, to, sum);
      }
      if (begins === 0 && visit === 1) {
        const [again, before] = past as [Visited, Visited];
        const sum = combine([0.5, part(again)], [0.5, part(before)]);
        return transfer(before, again.node, sum);
      }
      const used = past.filter((_, back) => {
        const at = visit - back;
        return begins > 0 ? at >= begins || at % STAGES === 0 : at !== 1;
      }).slice(0, 4);
      const factors = ADAMS[used.length - 1]!; // one to four
      const sum = combine(
        ...used.map((one, i) => [factors[i]!, part(one)] as const),
      );
      return transfer(past[0], next, sum);
    },
  };
}

const RUNGE_KUTTA = [1 / 6, 1 / 3, 1 / 3, 1 / 6];

const ADAMS: readonly (readonly number[])[] = [
  [1],
  [3 / 2, -1 / 2],
  [23 / 12, -16 / 12, 5 / 12],
  [55 / 24, -59 / 24, 37 / 24, -9 / 24],
];
