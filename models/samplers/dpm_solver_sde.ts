/**
 * The random multistep solver SDE-DPM-Solver++.
 * @module
 */
import { lastOrder, type LastSteps } from "./last_steps.ts";
import { combine, halfLogSnr, type Sampler, visitEach } from "./sampler.ts";

/**
 * DPM-Solver++ for the stochastic differential equation of the reverse process, of order 1 or 2.
 *
 * Source: Lu et al. 2022b, eqs. 18 and 19.
 *
 * @param options Order, 2 unless given, and what the last steps do.
 * @returns The sampler.
 */
export function dpmSolverSde(
  options: LastSteps & { readonly order?: 1 | 2 } = {},
): Sampler {
  const { order = 2 } = options;
  return {
    name: `sde-dpm++${order}`,
    order,
    visits: visitEach,
    step: ({ grid, index, past, noise }) => {
      const to = grid.nodes[index + 1]!; // the end at least
      const [{ node, x, image }, before] = past;
      const lambda = halfLogSnr(node);
      const h = halfLogSnr(to) - lambda;
      const part = -Math.expm1(-2 * h); // 1 - exp(-2 h)
      const used = Math.min(
        lastOrder(order, index, grid, options),
        past.length,
      );
      const slope = used === 1 || !before
        ? 0
        : to.signal * part / 2 * h / (lambda - halfLogSnr(before.node));
      return {
        x: combine(
          [to.spread / node.spread * Math.exp(-h), x],
          [to.signal * part + slope, image],
          [-slope, before?.image ?? image],
          ...to.spread === 0
            ? []
            : [[to.spread * Math.sqrt(part), noise()] as const],
        ),
      };
    },
  };
}
