/**
 * What others measured.
 * @module
 */
import type { BoundKind } from "../../models/objectives/sampled_bound.ts";

/**
 * Test log p(x) after the whole schedule with one stochastic layer, in nats, by objective and samples.
 *
 * Source: Burda et al. 2016, table 1, from 60,000 training images.
 */
const PUBLISHED: Readonly<Record<string, number>> = {
  "vae of 1": -86.76,
  "vae of 5": -86.47,
  "vae of 50": -86.35,
  "iwae of 1": -86.76,
  "iwae of 5": -85.54,
  "iwae of 50": -84.78,
};

/**
 * Looks up the published test log-likelihood.
 *
 * @param objective What was maximized.
 * @param samples Of each image while training.
 * @returns Nats per image, or nothing where none was published.
 */
export function publishedLogLikelihood(
  objective: BoundKind,
  samples: number,
): number | undefined {
  return PUBLISHED[`${objective} of ${samples}`];
}
