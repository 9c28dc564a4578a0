/**
 * The unified predictor-corrector.
 * @module
 */
import {
  combine,
  halfLogSnr,
  type Sampler,
  visitEach,
  type Visited,
} from "./sampler.ts";
import type { GridNode, SamplingGrid } from "./sampling_grid.ts";
import { solve } from "./solve.ts";

/** Which of the methods. */
export interface UnipcOptions {
  /** 1, 2 or 3: 2 unless given. */
  readonly order?: 1 | 2 | 3;
  /** The function B(h): e^-h - 1 (`expm1`, unless given) or -h (`linear`). */
  readonly basis?: "expm1" | "linear";
  /**
   * `automatic`, unless given: as many steps before the end as the order, it falls by one a step; `full`: only a step to
   * a clean end, whose length is infinite, has order 1.
   */
  readonly last?: "automatic" | "full";
}

/**
 * UniPC: a predictor of the given order; at the next visit the estimate made there corrects where it is made, without
 * another call of the network, which raises the order by one. Orders rise with the past.
 *
 * Source: Zhao et al. 2023, algorithms 5 to 7, with predictions of the image.
 *
 * @param options Order and basis.
 * @returns The sampler.
 */
export function unipc(
  { order = 2, basis = "expm1", last = "automatic" }: UnipcOptions = {},
): Sampler {
  const orderAt = (visit: number, index: number, { nodes }: SamplingGrid) => {
    const left = nodes.length - 1 - index; // steps, with this one
    const isClean = left === 1 && nodes[index + 1]!.ratio === 0;
    const most = last === "automatic" || isClean ? left : order;
    return Math.min(order, most, visit + 1);
  };
  return {
    name: `unipc${order}`,
    order: last === "full" ? order + 1 : 2,
    visits: visitEach,
    step: ({ grid, visit, index, past }) => {
      const [newest, ...before] = past;
      const used = orderAt(visit, index, grid);
      const corrected = before.length === 0
        ? newest.x
        : correct(newest, before, orderAt(visit - 1, index - 1, grid), basis);
      const from = { ...newest, x: corrected };
      const x = predict(from, before, grid.nodes[index + 1]!, used, basis);
      return { x, corrected };
    },
  };
}

/** From a node to the next by estimates there and before. */
function predict(
  from: Visited,
  before: readonly Visited[],
  to: GridNode,
  order: number,
  basis: "expm1" | "linear",
): Float64Array {
  const { first, scale, rows, sides, ratios } = system(
    from,
    before.slice(0, order - 1),
    to,
    basis,
  );
  const factors = order <= 2 ? ratios.map(() => 0.5) : solve(
    rows.slice(0, -1).map((row) => row.slice(0, -1)),
    sides.slice(0, -1),
  );
  return combine(
    ...first,
    ...differences(from, before, ratios, factors, scale),
  );
}

/** Once more from the last node to the newest, with the estimate made there. */
function correct(
  newest: Visited,
  [from, ...before]: readonly Visited[],
  order: number,
  basis: "expm1" | "linear",
): Float64Array {
  const start = from!; // called with at least one
  const { first, scale, rows, sides, ratios } = system(
    start,
    before.slice(0, order - 1),
    newest.node,
    basis,
  );
  const factors = order === 1 ? [0.5] : solve(rows, sides);
  const last = scale * factors.at(-1)!; // as many as the order
  return combine(
    ...first,
    ...differences(start, before, ratios, factors, scale),
    [last, newest.image],
    [-last, start.image],
  );
}

type Term = readonly [factor: number, vector: Float64Array];

/** The equations that the factors of differences solve, and the terms of order 1. */
function system(
  from: Visited,
  before: readonly Visited[],
  to: GridNode,
  basis: "expm1" | "linear",
) {
  const lambda = halfLogSnr(from.node);
  const h = halfLogSnr(to) - lambda;
  const e = Math.expm1(-h);
  const first: readonly Term[] = [
    [to.spread / from.node.spread, from.x],
    [-to.signal * e, from.image],
  ];
  const ratios = before.map(({ node }) => (halfLogSnr(node) - lambda) / h);
  const places = [...ratios, 1];
  const b = basis === "linear" ? -h : e;
  const rows: number[][] = [];
  const sides: number[] = [];
  let phi = e / -h - 1;
  let factorial = 1;
  for (let i = 1; i <= places.length; i++) {
    rows.push(places.map((r) => r ** (i - 1)));
    sides.push(phi * factorial / b);
    factorial *= i + 1;
    phi = phi / -h - 1 / factorial;
  }
  return { first, scale: -to.signal * b, rows, sides, ratios };
}

/** Differences of earlier estimates from the newest, per unit of their distance. */
function differences(
  from: Visited,
  before: readonly Visited[],
  ratios: readonly number[],
  factors: readonly number[],
  scale: number,
): readonly Term[] {
  return ratios.flatMap((ratio, i): Term[] => {
    const by = scale * factors[i]! / ratio;
    return [[by, before[i]!.image], [-by, from.image]];
  });
}
