// deno-lint-ignore-file camelcase -- the names of published configurations
/**
 * Sizes of a small text-to-image model, by the names of published configurations.
 * @module
 */
import type { AutoencoderConfig } from "../../../models/stable_diffusion/autoencoder_weights.ts";
import type { ClipTextConfig } from "../../../models/stable_diffusion/clip_text.ts";
import type { ConditionalUnetConfig } from "../../../models/stable_diffusion/conditional_unet_weights.ts";
import { sceneSide } from "../../images/scenes/draw_scene.ts";
import {
  promptLength,
  vocabularySize,
} from "../../images/scenes/prompt_tokens.ts";

/** Side of the latents, and numbers at each place. */
const LATENT_SIDE = sceneSide / 4;
const LATENT_CHANNELS = 8;

/** Numbers of the latents of a scene. */
export const latentLength: number = LATENT_SIDE ** 2 * LATENT_CHANNELS;

/** Numbers at each place of the latents. */
export const latentChannels: number = LATENT_CHANNELS;

/** The autoencoder: squares of 2 x 2 pixels, then one halving. */
export const autoencoderSizes: AutoencoderConfig = {
  sample_size: sceneSide / 2,
  in_channels: 4 * 3,
  out_channels: 4 * 3,
  latent_channels: LATENT_CHANNELS,
  block_out_channels: [16, 32],
  layers_per_block: 1,
  norm_num_groups: 1, // the mean colour of a scene lives between channels
  scaling_factor: 1, // means and deviations of latents are measured
};

/** Length of the vectors of a text. */
const TEXT_WIDTH = 64;

/** The text encoder. */
export const textSizes: ClipTextConfig = {
  vocab_size: vocabularySize,
  hidden_size: TEXT_WIDTH,
  intermediate_size: 2 * TEXT_WIDTH,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  max_position_embeddings: promptLength,
  hidden_act: "quick_gelu",
};

/** The U-Net: attention to pixels and words at the smaller side, and at the larger one on the way up. */
export const unetSizes: ConditionalUnetConfig = {
  sample_size: LATENT_SIDE,
  in_channels: LATENT_CHANNELS,
  out_channels: LATENT_CHANNELS,
  block_out_channels: [32, 64],
  down_block_types: ["DownBlock2D", "CrossAttnDownBlock2D"],
  up_block_types: ["CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
  layers_per_block: 1,
  cross_attention_dim: TEXT_WIDTH,
  attention_head_dim: 4,
  norm_num_groups: 4,
  norm_eps: 1e-5,
  use_linear_projection: true,
};
