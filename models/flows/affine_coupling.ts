/**
 * Couplings: one part of the channels moves and scales the other.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Initial, ParameterSpec } from "../parameters/parameters.ts";
import { type Bijector, sumOfEach } from "./bijector.ts";
import { joinChannels, partChannels, type Partition } from "./channels.ts";

/** From the kept channels [..., kept] to raw log scales and shifts, [..., 2 changed]. */
export type Conditioner = (kept: tf.Tensor) => tf.Tensor;

/** What an affine coupling is made of. */
export interface AffineCoupling {
  /** The channels of the last axis. */
  readonly partition: Partition;
  /** Sees what is kept. */
  readonly conditioner: Conditioner;
  /** Logarithm of the greatest |log scale|, for each changed channel, [changed]. */
  readonly logBound: tf.Tensor;
}

/** Declares the logarithm of the greatest |log scale| of each changed channel, 0 unless given. */
export function logBoundSpec(
  { changed }: Partition,
  value = 0,
): ParameterSpec {
  const initial: Initial = { kind: "constant", value };
  return { shape: [changed.length], initial };
}

/**
 * z_changed = (x_changed + shift(x_kept)) exp(s(x_kept)), whose Jacobian is triangular: log |det| is the sum of s.
 *
 * A conditioner that gives zero makes it the identity.
 *
 * Source: Dinh et al. 2017, section 3.2, eqs. 6 to 8; here the shift comes before the scale.
 */
export function affineCoupling(
  { partition, conditioner, logBound }: AffineCoupling,
): Bijector {
  const scaleAndShift = (kept: tf.Tensor) => {
    const [raw, shift] = tf.split(conditioner(kept), 2, -1);
    return [boundedLogScale(raw!, logBound), shift!] as const; // two parts
  };
  return {
    forward: (x) => {
      const [kept, changed] = partChannels(x, partition);
      const [logScale, shift] = scaleAndShift(kept);
      const moved = changed.add(shift).mul(logScale.exp());
      return {
        value: joinChannels(kept, moved, partition),
        logDet: sumOfEach(logScale),
      };
    },
    inverse: (z) => {
      const [kept, moved] = partChannels(z, partition);
      const [logScale, shift] = scaleAndShift(kept);
      const changed = moved.mul(logScale.neg().exp()).sub(shift);
      return joinChannels(kept, changed, partition);
    },
  };
}

/**
 * bound tanh(raw / bound): near zero the number itself, and never beyond the bound, so that no scale runs away.
 *
 * @param raw [..., channel]
 * @param logBound Logarithm of the bound, [channel].
 */
export function boundedLogScale(
  raw: tf.Tensor,
  logBound: tf.Tensor,
): tf.Tensor {
  return raw.mul(logBound.neg().exp()).tanh().mul(logBound.exp());
}
