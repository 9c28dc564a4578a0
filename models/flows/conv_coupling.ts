/**
 * Couplings of images whose conditioner is a small convolutional network.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ParameterSpec } from "../parameters/parameters.ts";
import { actNorm, type ActNormParameters, actNormSpecs } from "./act_norm.ts";
import { affineCoupling, logBoundSpec } from "./affine_coupling.ts";
import type { Bijector } from "./bijector.ts";
import type { Partition } from "./channels.ts";
import {
  convConditioner,
  type ConvConditionerParameters,
  type ConvConditionerSizes,
  convConditionerSpecs,
} from "./conditioners.ts";

/** The parameters of {@linkcode convCoupling}. */
export interface ConvCouplingParameters<P = tf.Tensor> {
  /** Sees the kept channels, and those of a context. */
  readonly conditioner: ConvConditionerParameters<P>;
  /** [changed] */
  readonly logBound: P;
}

/** The parameters of a normalization and the coupling after it. */
export interface FlowStepParameters<P = tf.Tensor> {
  /** Before the coupling. */
  readonly norm: ActNormParameters<P>;
  /** After it. */
  readonly coupling: ConvCouplingParameters<P>;
}

/**
 * Declares the parameters of {@linkcode convCoupling}.
 *
 * @param partition Of the channels.
 * @param sizes Of the conditioner.
 * @param context Channels that are seen beside those kept; none unless given.
 */
export function convCouplingSpecs(
  partition: Partition,
  sizes: ConvConditionerSizes,
  context = 0,
): ConvCouplingParameters<ParameterSpec> {
  const { kept, changed } = partition;
  return {
    conditioner: convConditionerSpecs(
      kept.length + context,
      sizes,
      2 * changed.length,
    ),
    logBound: logBoundSpec(partition),
  };
}

/** Declares the parameters of {@linkcode flowStep}. */
export function flowStepSpecs(
  partition: Partition,
  sizes: ConvConditionerSizes,
): FlowStepParameters<ParameterSpec> {
  return {
    norm: actNormSpecs(partition.kept.length + partition.changed.length),
    coupling: convCouplingSpecs(partition, sizes),
  };
}

/**
 * An affine coupling of images, [batch, height, width, channel].
 *
 * @param partition Of the channels.
 * @param parameters Of the conditioner and the bound.
 * @param context What the conditioner sees beside the kept channels, [batch, height, width, context].
 */
export function convCoupling(
  partition: Partition,
  { conditioner, logBound }: ConvCouplingParameters,
  context?: tf.Tensor,
): Bijector {
  return affineCoupling({
    partition,
    conditioner: (kept) => {
      const seen = context ? tf.concat([kept, context], -1) : kept;
      const [batch, height, width, channels] = seen.shape;
      return convConditioner(
        seen.as4D(batch!, height!, width!, channels!), // images
        conditioner,
      );
    },
    logBound,
  });
}

/** A normalization, and the coupling after it. */
export function flowStep(
  partition: Partition,
  { norm, coupling }: FlowStepParameters,
): readonly [norm: Bijector, coupling: Bijector] {
  return [actNorm(norm), convCoupling(partition, coupling)];
}
