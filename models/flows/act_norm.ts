/**
 * Normalization whose scales are parameters that begin by fitting a batch.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { zeros } from "../parameters/initials.ts";
import type { ParameterSpec } from "../parameters/parameters.ts";
import { type Bijector, forEachItem } from "./bijector.ts";

/** The parameters of {@linkcode actNorm}. */
export interface ActNormParameters<P = tf.Tensor> {
  /** [channel] */
  readonly shift: P;
  /** [channel] */
  readonly logScale: P;
}

/** Added to the standard deviation of a first batch, which is zero where a channel never changes. */
const EPSILON = 1e-6;

/** Declares the parameters of {@linkcode actNorm}, which is the identity until it is started. */
export function actNormSpecs(
  channels: number,
): ActNormParameters<ParameterSpec> {
  const spec = { shape: [channels], initial: zeros };
  return { shift: spec, logScale: spec };
}

/**
 * z = (x - shift) exp(logScale) for each channel; its start gives each channel of the first batch mean 0 and variance 1.
 *
 * Unlike batch normalization it is the same map in training and after.
 *
 * Source: Kingma & Dhariwal 2018, section 3.1: log |det| is height * width * sum(logScale).
 *
 * @param parameters Variables, where the map is to be started; [batch, ..., channel] goes through it.
 */
export function actNorm({ shift, logScale }: ActNormParameters): Bijector {
  const apply = (x: tf.Tensor, shift: tf.Tensor, logScale: tf.Tensor) =>
    x.sub(shift).mul(logScale.exp());
  return {
    forward: (x) => {
      const places = x.shape.slice(1, -1).reduce(
        (size, side) => size * side,
        1,
      );
      return {
        value: apply(x, shift, logScale),
        logDet: forEachItem(logScale.sum().mul(places), x),
      };
    },
    inverse: (z) => z.mul(logScale.neg().exp()).add(shift),
    start: (x) => {
      const axes = x.shape.slice(1).map((_, axis) => axis);
      const { mean, variance } = tf.moments(x, axes);
      const scale = variance.sqrt().add(EPSILON).log().neg();
      expectVariable(shift).assign(mean);
      expectVariable(logScale).assign(scale);
      return apply(x, mean, scale);
    },
  };
}

function expectVariable(parameter: tf.Tensor): tf.Variable {
  if (parameter instanceof tf.Variable) return parameter;
  throw new TypeError("Expected a variable to start but found a tensor");
}
