/**
 * The order of a multistep solver near its end.
 * @module
 */
import type { SamplingGrid } from "./sampling_grid.ts";

/** What the last steps do. */
export interface LastSteps {
  /**
   * `automatic`: with fewer than 15 steps the last has order 1 and the one before at most 2; a last step to a clean end
   * always has order 1, for its length is infinite. `full`: only the latter. `first-order`: the last step has order 1.
   */
  readonly last?: "automatic" | "full" | "first-order";
}

/** Below this many steps the orders are lowered; Lu et al. 2022b, appendix B. */
const FEW_STEPS = 15;

/**
 * The greatest order that a step may have.
 *
 * @param order Of the solver.
 * @param index Of the node from which the step leads.
 * @param grid All nodes.
 * @param options What the last steps do.
 * @returns At most `order`.
 */
export function lastOrder(
  order: number,
  index: number,
  { nodes }: SamplingGrid,
  { last = "automatic" }: LastSteps,
): number {
  const left = nodes.length - 1 - index; // steps, with this one
  const isFew = last === "automatic" && nodes.length - 1 < FEW_STEPS;
  const isClean = nodes.at(-1)!.ratio === 0; // a grid has an end
  if (left === 1 && (isClean || isFew || last === "first-order")) return 1;
  return left === 2 && isFew ? Math.min(order, 2) : order;
}
