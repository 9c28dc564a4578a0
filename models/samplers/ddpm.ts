/**
 * The ancestral chain of denoising diffusion probabilistic models.
 * @module
 */
import { posterior } from "../diffusion/forward_process.ts";
import { combine, type Sampler, visitEach } from "./sampler.ts";

/** Variance of the fresh noise: that of the posterior given the image, or beta. */
export type ReverseVariance = "smaller" | "larger";

/**
 * The ancestral chain: the posterior's mean for the estimated image, and noise except in the last step.
 *
 * Source: Ho et al. 2020, algorithm 2 with eq. 7; both variances are in section 3.2.
 *
 * @param options The variance, the smaller unless given.
 * @returns The sampler.
 */
export function ddpm(
  { variance = "smaller" }: { readonly variance?: ReverseVariance } = {},
): Sampler {
  return {
    name: variance === "smaller" ? "ddpm" : "ddpm, larger variance",
    order: 1,
    visits: visitEach,
    step: ({ grid, index, past: [{ node, x, image }], noise }) => {
      const to = grid.nodes[index + 1]!; // the end at least
      const parts = posterior(to, node);
      const mean = combine([parts.image, image], [parts.noisy, x]);
      if (to.spread === 0) return { x: mean };
      const fresh = variance === "smaller" ? parts.variance : parts.beta;
      return { x: combine([1, mean], [Math.sqrt(fresh), noise()]) };
    },
  };
}
