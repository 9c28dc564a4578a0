/**
 * What others measured.
 * @module
 */
import type { BoundKind } from "../../models/objectives/sampled_bound.ts";

/**
 * Test log p(x) after the whole schedule, in nats, by objective, samples and layers of latents.
 *
 * Source: Burda et al. 2016, table 1, from 60,000 training images.
 */
const PUBLISHED: Readonly<Record<string, number>> = {
  "vae of 1, 1": -86.76,
  "vae of 5, 1": -86.47,
  "vae of 50, 1": -86.35,
  "iwae of 1, 1": -86.76,
  "iwae of 5, 1": -85.54,
  "iwae of 50, 1": -84.78,
  "vae of 1, 2": -85.33,
  "iwae of 5, 2": -83.89,
  "iwae of 50, 2": -82.9,
};

/**
 * Looks up the published test log-likelihood.
 *
 * @param objective What was maximized.
 * @param samples Of each image while training.
 * @param latentLayers How many layers of latents.
 * @returns Nats per image, or nothing where none was published.
 */
export function publishedLogLikelihood(
  objective: BoundKind,
  samples: number,
  latentLayers: number,
): number | undefined {
  return PUBLISHED[`${objective} of ${samples}, ${latentLayers}`];
}
