/**
 * Which runs can be explored.
 * @module
 */

/** What the command takes, for errors and help. */
export const EXPLORABLE =
  "a finished run of a VAE (vae-k3, vae-k20, vae-mlp, vae-manifold, vae-conv-k20, iwae), a transformer on text (shakespeare, prenorm-shallow, prenorm-deep, postnorm-shallow, postnorm-deep), a translator with attention (translate-gru, translate-many) or a diffusion model (diffusion-mnist)";

/**
 * Says that a run cannot be explored.
 *
 * @param found What it is instead.
 * @returns The error, with the runs that can.
 */
export function notExplorable(found: string): RangeError {
  return new RangeError(`Expected ${EXPLORABLE}, but found ${found}`);
}
