/**
 * The block of a U-Net: two convolutions beside a short cut, told the time between them.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { activate } from "../layers/activation.ts";
import type { ConvolutionParameters } from "../layers/convolution.ts";
import {
  groupNorm,
  type GroupNormOptions,
  type GroupNormParameters,
  groupNormSpecs,
} from "./group_norm.ts";
import {
  linear,
  type LinearParameters,
  linearSpecs,
} from "../layers/linear.ts";
import { sameConvolution, sameConvolutionSpecs } from "./same_convolution.ts";
import { fanInUniform, zeros } from "../parameters/initials.ts";
import type { ParameterSpec } from "../parameters/parameters.ts";

/** The parameters of {@linkcode residualBlock}. */
export interface ResidualBlockParameters<P = tf.Tensor> {
  /** Group norm of the input. */
  readonly firstNorm: GroupNormParameters<P>;
  /** 3 x 3, from the channels taken to those given. */
  readonly first: ConvolutionParameters<P>;
  /** From the vector of time to a number for each channel; none where the block is not told the time. */
  readonly time?: LinearParameters<P>;
  /** After the first convolution. */
  readonly secondNorm: GroupNormParameters<P>;
  /** 3 x 3. */
  readonly second: ConvolutionParameters<P>;
  /** Where the number of channels changes, 1 x 1. */
  readonly shortCut?: LinearParameters<P>;
}

/** The sizes of {@linkcode residualBlock}. */
export interface ResidualBlockSizes {
  /** Channels taken. */
  readonly inputs: number;
  /** Channels given. */
  readonly outputs: number;
  /** Length of the vector of time; none where the block is not told the time. */
  readonly time?: number;
}

/** How {@linkcode residualBlock} computes. */
export interface ResidualBlockOptions {
  /** Groups of the block's norms. */
  readonly groups: number;
  /** Added to variances; 1e-5 unless given. */
  readonly epsilon?: number;
}

/** Declares the parameters of {@linkcode residualBlock}: it begins as its short cut, for the second filter is zero. */
export function residualBlockSpecs(
  { inputs, outputs, time }: ResidualBlockSizes,
): ResidualBlockParameters<ParameterSpec> {
  return {
    firstNorm: groupNormSpecs(inputs),
    first: sameConvolutionSpecs({ inputs, outputs, initial: fanInUniform }),
    ...time === undefined
      ? {}
      : { time: linearSpecs(time, outputs, fanInUniform) },
    secondNorm: groupNormSpecs(outputs),
    second: sameConvolutionSpecs({
      inputs: outputs,
      outputs,
      initial: () => zeros,
    }),
    ...inputs === outputs
      ? {}
      : { shortCut: linearSpecs(inputs, outputs, fanInUniform) },
  };
}

/**
 * x + conv(silu(norm(conv(silu(norm(x))) + time))), with a 1 x 1 convolution of x where the channels change.
 *
 * Source: Ho et al. 2020, appendix B.
 *
 * @param x [batch, height, width, input]
 * @param time After its activation, [batch or 1, time]; needed where the block has weights for it.
 * @param parameters Of the block.
 * @param options Of its norms.
 * @returns [batch, height, width, output]
 * @throws {RangeError} If time is missing where the block has weights for it.
 */
export function residualBlock(
  x: tf.Tensor4D,
  time: tf.Tensor2D | undefined,
  parameters: ResidualBlockParameters,
  options: ResidualBlockOptions,
): tf.Tensor4D {
  const { first, second, shortCut } = parameters;
  const bend = (
    x: tf.Tensor4D,
    norm: GroupNormParameters,
    more: Pick<GroupNormOptions, "offset"> = {},
  ) =>
    activate("silu", groupNorm(x, norm, { ...options, ...more }))
      .as4D(...x.shape);
  const half = sameConvolution(bend(x, parameters.firstNorm), first);
  const told = tell(time, parameters.time);
  const whole = sameConvolution(
    bend(half, parameters.secondNorm, told),
    second,
  );
  return whole.add(shortCut ? linear(x, shortCut) : x);
}

/** What the time adds to each channel. */
function tell(
  time: tf.Tensor2D | undefined,
  parameters: LinearParameters | undefined,
): Pick<GroupNormOptions, "offset"> {
  if (!parameters) return {};
  if (!time) {
    throw new RangeError("Expected the vector of time but found none");
  }
  return { offset: linear(time, parameters) };
}
