/**
 * Heun's method on the probability-flow differential equation.
 * @module
 */
import { combine, type Sampler } from "./sampler.ts";

/**
 * Heun's method in the ratio of noise to signal: a step of Euler's, then the same step again along the mean of the
 * directions at both its ends. A step to a clean end is Euler's alone.
 *
 * Source: Karras et al. 2022, algorithm 1.
 */
export const heun: Sampler = {
  name: "heun",
  order: 2,
  visits: ({ nodes }, first) => {
    const ends = nodes.slice(first).map((_, i) => first + i)
      .filter((i) => nodes[i]!.ratio > 0);
    return ends.flatMap((i) => {
      const isFirst = i === first;
      const isEnd = i === nodes.length - 1;
      return isFirst || isEnd ? [i] : [i, i]; // as the end of a step, then as the start of one
    });
  },
  step: ({ grid, visit, index, past: [newest, before] }) => {
    if (visit % 2 === 0 || !before) {
      const { signal, spread } = grid.nodes[index + 1]!; // the end at least
      return {
        x: combine([signal, newest.image], [spread, newest.noise]),
      };
    }
    const { node } = newest;
    const half = (node.ratio - before.node.ratio) / 2;
    return {
      x: combine(
        [node.signal / before.node.signal, before.x],
        [node.signal * half, before.noise],
        [node.signal * half, newest.noise],
      ),
    };
  },
};
