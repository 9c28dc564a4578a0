/**
 * Denoising diffusion implicit models, and Euler's ancestral method, which is one of them.
 * @module
 */
import { combine, type Sampler, visitEach } from "./sampler.ts";

/**
 * The implicit sampler: replaces a part of the noise by fresh noise.
 *
 * With r and r' the ratios of noise to signal, the fresh noise has the standard deviation eta r' sqrt(1 - (r' / r)^2) per
 * unit of signal; eta = 0 is Euler's method, eta = 1 the ancestral chain with the smaller variance.
 *
 * Source: Song et al. 2021, eqs. 12 and 16.
 *
 * @param options eta, 0 unless given.
 * @returns The sampler.
 * @throws {RangeError} If eta is not from 0 to 1.
 */
export function ddim({ eta = 0 }: { readonly eta?: number } = {}): Sampler {
  if (!(eta >= 0 && eta <= 1)) {
    throw new RangeError(`Expected eta from 0 to 1 but found ${eta}`);
  }
  return {
    name: eta === 0 ? "ddim" : `ddim, eta ${eta}`,
    order: 1,
    visits: visitEach,
    step: ({ grid, index, past: [{ node, image, noise }], ...view }) => {
      const to = grid.nodes[index + 1]!; // the end at least
      const part = node.ratio === Infinity ? 0 : to.ratio / node.ratio;
      const fresh = eta * Math.sqrt(1 - part ** 2);
      const kept = Math.sqrt(1 - fresh ** 2);
      const x = combine([to.signal, image], [to.spread * kept, noise]);
      return fresh * to.spread === 0
        ? { x }
        : { x: combine([1, x], [to.spread * fresh, view.noise()]) };
    },
  };
}

/**
 * Euler's ancestral method: a step to less noise than at the next node, and as much fresh noise as is missing.
 *
 * Source: k-diffusion, `sample_euler_ancestral`; equals DDIM with eta = 1.
 */
export const eulerAncestral: Sampler = {
  ...ddim({ eta: 1 }),
  name: "euler-ancestral",
};
