/**
 * What a model in the layout of diffusers takes, by its configurations alone.
 * @module
 */
import { takeAutoencoder } from "../../../models/stable_diffusion/autoencoder_weights.ts";
import { takeClipText } from "../../../models/stable_diffusion/clip_text.ts";
import { takeConditionalUnet } from "../../../models/stable_diffusion/conditional_unet_weights.ts";
import type { WeightSource } from "../../../models/stable_diffusion/weight_source.ts";
import type { StableConfig } from "./read_folder.ts";

/** Sizes of the three networks. */
export type StableSizes = Pick<StableConfig, "text" | "unet" | "vae">;

/** Stable Diffusion 1.5, as its configurations have it. */
export const stableDiffusion15: StableSizes = {
  text: {
    vocab_size: 49_408,
    hidden_size: 768,
    intermediate_size: 3072,
    num_hidden_layers: 12,
    num_attention_heads: 12,
    max_position_embeddings: 77,
    hidden_act: "quick_gelu",
  },
  unet: {
    sample_size: 64,
    in_channels: 4,
    out_channels: 4,
    block_out_channels: [320, 640, 1280, 1280],
    down_block_types: [
      ...Array<string>(3).fill("CrossAttnDownBlock2D"),
      "DownBlock2D",
    ],
    up_block_types: [
      "UpBlock2D",
      ...Array<string>(3).fill("CrossAttnUpBlock2D"),
    ],
    layers_per_block: 2,
    cross_attention_dim: 768,
    attention_head_dim: 8,
    norm_num_groups: 32,
    norm_eps: 1e-5,
    use_linear_projection: false,
  },
  vae: {
    sample_size: 512,
    in_channels: 3,
    out_channels: 3,
    latent_channels: 4,
    block_out_channels: [128, 256, 512, 512],
    layers_per_block: 2,
    norm_num_groups: 32,
    scaling_factor: 0.18215,
  },
};

/** What one network takes. */
export interface NetworkNeeds {
  /** Numbers in its weights; key biases, which do nothing, are left out. */
  readonly parameters: number;
  /** Multiplications of one pass with one item. */
  readonly multiplications: number;
}

/** What a model takes. */
export interface StableNeeds {
  /** The text encoder. */
  readonly text: NetworkNeeds;
  /** The U-Net. */
  readonly unet: NetworkNeeds;
  /** Encoder and decoder. */
  readonly vae: NetworkNeeds;
  /** Bytes of the weights as float32, and of the largest attention of a guided pair, twice. */
  readonly bytes: number;
}

/**
 * Counts weights and multiplications.
 *
 * @param sizes Of the networks.
 * @returns What they take.
 */
export function stableNeeds({ text, unet, vae }: StableSizes): StableNeeds {
  const counted = {
    text: count((source) => takeClipText(text, source)),
    unet: count((source) =>
      takeConditionalUnet(unet, text.max_position_embeddings, source)
    ),
    vae: count((source) => takeAutoencoder(vae, source)),
  };
  const parameters = counted.text.parameters + counted.unet.parameters +
    counted.vae.parameters;
  const heads = unet.num_attention_heads ?? unet.attention_head_dim;
  const most = typeof heads === "number" ? heads : Math.max(...heads);
  const scores = 2 * most * unet.sample_size ** 4; // of a pair
  return { ...counted, bytes: 4 * (parameters + 2 * scores) };
}

function count(take: (source: WeightSource<null>) => unknown): NetworkNeeds {
  let parameters = 0;
  let multiplications = 0;
  take({
    take: ({ shape, places, layout }) => {
      const size = shape.reduce((product, axis) => product * axis, 1);
      parameters += size;
      if (layout !== "plain") multiplications += size * places;
      return null;
    },
    products: (count) => multiplications += count,
  });
  return { parameters, multiplications };
}
