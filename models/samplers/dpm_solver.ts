/**
 * The multistep solvers DPM-Solver++.
 * @module
 */
import { combine, halfLogSnr, type Sampler, visitEach } from "./sampler.ts";
import { lastOrder, type LastSteps } from "./last_steps.ts";

/** Which of the solvers. */
export interface DpmSolverOptions extends LastSteps {
  /** 1, 2 or 3: 2 unless given. */
  readonly order?: 1 | 2 | 3;
  /** How the second order treats the slope; `midpoint` unless given. */
  readonly slope?: "midpoint" | "heun";
  /**
   * Whether the third order has the factor 2 of its second derivative (`corrected`, unless given), or lacks it as in the
   * published code, which makes it of second order.
   */
  readonly third?: "corrected" | "as-published";
}

/**
 * DPM-Solver++: the polynomial through the newest estimates of the image over half the log signal-to-noise ratio,
 * integrated exactly against the exponential of the equation. The first steps have the order that their past allows.
 *
 * With h the step and e = exp(-h) - 1, x' = (s' / s) x - a' e m + a' (e / h + 1) h m' - a' ((e + h) / h^2 - 1/2) h^2 m'',
 * where h^2 m'' = 2 D2 for the second divided difference D2.
 *
 * Source: Lu et al. 2022b, algorithm 2, and section 4.2 for the exact terms.
 *
 * @param options Order, and what the last steps do.
 * @returns The sampler.
 */
export function dpmSolver(options: DpmSolverOptions = {}): Sampler {
  const { order = 2, slope = "midpoint", third = "corrected" } = options;
  const isPublished = order === 3 && third === "as-published";
  return {
    name: `dpm++${order}${isPublished ? ", as published" : ""}`,
    order: isPublished ? 2 : order,
    visits: visitEach,
    step: ({ grid, index, past }) => {
      const to = grid.nodes[index + 1]!; // the end at least
      const [{ node, x, image }, before, earlier] = past;
      const lambda = halfLogSnr(node);
      const h = halfLogSnr(to) - lambda;
      const e = Math.expm1(-h);
      const used = Math.min(
        lastOrder(order, index, grid, options),
        past.length,
      );
      const first: Term = [to.spread / node.spread, x];
      const plain: Term = [-to.signal * e, image];
      if (used === 1 || !before) return { x: combine(first, plain) };
      const r0 = (lambda - halfLogSnr(before.node)) / h;
      if (used === 2 || !earlier) {
        const factor = slope === "midpoint" ? -e / 2 : e / h + 1;
        const by = to.signal * factor / r0;
        return {
          x: combine(first, plain, [by, image], [-by, before.image]),
        };
      }
      const r1 = (halfLogSnr(before.node) - halfLogSnr(earlier.node)) / h;
      const a = combine([1 / r0, image], [-1 / r0, before.image]);
      const b = combine([1 / r1, before.image], [-1 / r1, earlier.image]);
      const bend = combine([1 / (r0 + r1), a], [-1 / (r0 + r1), b]); // D2
      const twice = third === "corrected" ? 2 : 1;
      return {
        x: combine(
          first,
          plain,
          [to.signal * (e / h + 1), a],
          [to.signal * (e / h + 1) * r0, bend],
          [-to.signal * ((e + h) / h ** 2 - 0.5) * twice, bend],
        ),
      };
    },
  };
}

type Term = readonly [factor: number, vector: Float64Array];
