// deno-lint-ignore-file camelcase -- the names of the published configuration
/**
 * The U-Net of Stable Diffusion, told the time and a text.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { activate } from "../layers/activation.ts";
import { groupNorm } from "../unet/group_norm.ts";
import { linear } from "../layers/linear.ts";
import { sameConvolution } from "../unet/same_convolution.ts";
import {
  residualBlock,
  type ResidualBlockParameters,
} from "../unet/residual_block.ts";
import { doubleByConvolution, halveByConvolution } from "./file_blocks.ts";
import { lookAtText, type TextAttentionParameters } from "./text_attention.ts";
import type {
  ConditionalUnetConfig,
  ConditionalUnetParameters,
} from "./conditional_unet_weights.ts";

/** Heads of the attention at one side. */
function headsAt(
  { num_attention_heads, attention_head_dim }: ConditionalUnetConfig,
  side: number,
): number {
  const heads = num_attention_heads ?? attention_head_dim;
  return typeof heads === "number" ? heads : heads[side]!; // one for each side
}

/**
 * Predicts the noise, or the velocity, in latents.
 *
 * Source: Rombach et al. 2022, appendix D; the layout of diffusers' UNet2DConditionModel.
 *
 * @param latents Noisy, [batch, side, side, channel].
 * @param time Waves of the timestep, cosines first, [1 or batch, channels of the full side].
 * @param text Vectors of the prompt, [batch, token, width].
 * @param parameters Of the U-Net.
 * @param config Its sizes.
 * @param added To the vector of time before its last activation, such as a vector of the whole prompt; Nichol et al.
 *   2022, section 4.1; [batch, 4 channels of the full side].
 * @returns [batch, side, side, channel]
 */
export function conditionalUnet(
  latents: tf.Tensor4D,
  time: tf.Tensor2D,
  text: tf.Tensor3D,
  parameters: ConditionalUnetParameters,
  config: ConditionalUnetConfig,
  added?: tf.Tensor2D,
): tf.Tensor4D {
  const { norm_num_groups: groups, norm_eps: epsilon } = config;
  const sides = config.block_out_channels.length;
  const hidden = activate("silu", linear(time, parameters.firstTime));
  const vector = linear(hidden, parameters.secondTime);
  const whole = added ? vector.add(added) : vector;
  const told = activate("silu", whole).as2D(whole.shape[0]!, -1); // rank 2
  const residual = (x: tf.Tensor4D, p: ResidualBlockParameters) =>
    residualBlock(x, told, p, { groups, epsilon });
  const attend = (
    x: tf.Tensor4D,
    p: TextAttentionParameters | undefined,
    side: number,
  ) => p ? lookAtText(x, text, p, { heads: headsAt(config, side), groups }) : x;
  let x = sameConvolution(latents, parameters.enter);
  const skips = [x];
  parameters.down.forEach((side, i) => {
    side.residuals.forEach((p, j) => {
      x = attend(residual(x, p), side.attentions[j], i);
      skips.push(x);
    });
    if (!side.resample) return;
    x = halveByConvolution(x, side.resample, "both");
    skips.push(x);
  });
  const { residuals: [first, second], attentions: [middle] } =
    parameters.middle;
  x = attend(residual(x, first!), middle, sides - 1); // two blocks, as taken
  x = residual(x, second!);
  parameters.up.forEach((side, i) => {
    side.residuals.forEach((p, j) => {
      const beside = tf.concat([x, skips.pop()!], 3); // as many as on the way down
      x = attend(residual(beside, p), side.attentions[j], sides - 1 - i);
    });
    if (side.resample) x = doubleByConvolution(x, side.resample);
  });
  const normed = groupNorm(x, parameters.lastNorm, { groups, epsilon });
  const bent = activate("silu", normed).as4D(...normed.shape);
  return sameConvolution(bent, parameters.leave);
}
