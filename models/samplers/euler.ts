/**
 * Euler's method on the probability-flow differential equation.
 * @module
 */
import { combine, type Sampler, visitEach } from "./sampler.ts";

/**
 * Euler's method in the ratio of noise to signal: keeps image and noise of the newest estimate, and mixes them as at the
 * next node.
 *
 * Source: Karras et al. 2022, algorithm 1 without its correction; equals DDIM, and DPM-Solver++ of order 1.
 */
export const euler: Sampler = {
  name: "euler",
  order: 1,
  visits: visitEach,
  step: ({ grid, index, past: [{ image, noise }] }) => {
    const { signal, spread } = grid.nodes[index + 1]!; // the end at least
    return { x: combine([signal, image], [spread, noise]) };
  },
};
