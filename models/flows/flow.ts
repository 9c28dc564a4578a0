/**
 * The distribution of what a bijector makes of normal numbers.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Reparameterized } from "../distributions/distribution.ts";
import { StandardNormal } from "../distributions/standard_normal.ts";
import type { Bijector } from "./bijector.ts";

/** A distribution whose log density is known exactly, since its samples can be traced back to their noise. */
export interface Flow extends Reparameterized, Bijector {
  /** Log density of each vector in nats, [batch]; values [batch, event]. */
  readonly logProb: (values: tf.Tensor) => tf.Tensor;
  /** Turns standard normal noise [batch, event] into samples. */
  readonly sample: (noise: tf.Tensor) => tf.Tensor;
}

/**
 * The distribution of x = inverse(z) with z standard normal: log p(x) = log N(z) + log |det dz/dx|.
 *
 * Source: Rezende & Mohamed 2015, eq. 5.
 *
 * @param bijector From data [batch, event] to latents [batch, event].
 */
export function flow(bijector: Bijector): Flow {
  const base = new StandardNormal();
  return {
    ...bijector,
    logProb: (values) => {
      const { value, logDet } = bijector.forward(values);
      return base.logProb(value).add(logDet);
    },
    sample: (noise) => bijector.inverse(noise),
  };
}
