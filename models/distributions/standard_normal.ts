/**
 * Independent normal numbers with mean 0 and variance 1.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Reparameterized } from "./distribution.ts";

const LOG_2_PI = Math.log(2 * Math.PI);

/** Independent normal numbers with mean 0 and variance 1. */
export class StandardNormal implements Reparameterized {
  /** Noise and samples are the same. */
  sample(noise: tf.Tensor): tf.Tensor {
    return noise;
  }

  /**
   * Log density in nats, summed over the event: -(z^2 + log 2 pi) / 2.
   *
   * @param values [..., event]
   * @returns [...]
   */
  logProb(values: tf.Tensor): tf.Tensor {
    return tf.square(values).add(LOG_2_PI).sum(-1).mul(-0.5);
  }
}
