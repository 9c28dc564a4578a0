/**
 * What others measured.
 * @module
 */
import type { BoundKind } from "../../../models/objectives/sampled_bound.ts";

/** The result of a whole schedule. */
export interface PublishedBound {
  /** Test log p(x), nats per image. */
  readonly logLikelihood: number;
  /** Latent dimensions in use, of all layers. */
  readonly activeUnits: number;
}

/**
 * Results by objective, samples and layers of latents.
 *
 * Source: Burda et al. 2016, table 1, from 60,000 training images.
 */
const PUBLISHED: Readonly<Record<string, readonly [number, number]>> = {
  "vae of 1, 1": [-86.76, 19],
  "vae of 5, 1": [-86.47, 20],
  "vae of 50, 1": [-86.35, 20],
  "iwae of 1, 1": [-86.76, 19],
  "iwae of 5, 1": [-85.54, 22],
  "iwae of 50, 1": [-84.78, 25],
  "vae of 1, 2": [-85.33, 16 + 5],
  "iwae of 5, 2": [-83.89, 21 + 5],
  "iwae of 50, 2": [-82.9, 26 + 7],
};

/**
 * Looks up a published result.
 *
 * @param objective What was maximized.
 * @param samples Of each image while training.
 * @param latentLayers How many layers of latents.
 * @returns The result, or nothing where none was published.
 */
export function publishedBound(
  objective: BoundKind,
  samples: number,
  latentLayers: number,
): PublishedBound | undefined {
  const found = PUBLISHED[`${objective} of ${samples}, ${latentLayers}`];
  return found && { logLikelihood: found[0], activeUnits: found[1] };
}
