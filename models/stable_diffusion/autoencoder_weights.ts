// deno-lint-ignore-file camelcase -- the names of the published configuration
/**
 * Sizes and weights of the autoencoder of Stable Diffusion.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { AttentionParameters } from "../layers/attention.ts";
import type { ConvolutionParameters } from "../layers/convolution.ts";
import type { GroupNormParameters } from "../unet/group_norm.ts";
import type { LinearParameters } from "../layers/linear.ts";
import type { ResidualBlockParameters } from "../unet/residual_block.ts";
import { takeAttention, takeResidual } from "./file_blocks.ts";
import {
  takeConvolution,
  takeLinear,
  takeNorm,
  type WeightSource,
} from "./weight_source.ts";

/** The sizes of an autoencoder, by the names of its configuration. */
export interface AutoencoderConfig {
  /** Side of the images. */
  readonly sample_size: number;
  /** Channels of an image. */
  readonly in_channels: number;
  /** Channels of a decoded image. */
  readonly out_channels: number;
  /** Channels of the latents. */
  readonly latent_channels: number;
  /** By side, from the full one down. */
  readonly block_out_channels: readonly number[];
  /** Residual blocks at each side of the encoder, and one less than in the decoder. */
  readonly layers_per_block: number;
  /** Groups of the norms. */
  readonly norm_num_groups: number;
  /** Latents are multiplied by this where diffusion has them. */
  readonly scaling_factor: number;
}

/** Half of the autoencoder. */
export interface CoderParameters<P = tf.Tensor> {
  /** From what is taken to the first channels. */
  readonly enter: ConvolutionParameters<P>;
  /** In the order in which they are passed. */
  readonly sides: readonly {
    readonly residuals: readonly ResidualBlockParameters<P>[];
    readonly resample?: ConvolutionParameters<P>;
  }[];
  /** At the smallest side. */
  readonly middle: {
    readonly first: ResidualBlockParameters<P>;
    readonly norm: GroupNormParameters<P>;
    readonly attention: AttentionParameters<P>;
    readonly second: ResidualBlockParameters<P>;
  };
  /** After the last block. */
  readonly lastNorm: GroupNormParameters<P>;
  /** To what is given. */
  readonly leave: ConvolutionParameters<P>;
}

/** The parameters of an autoencoder. */
export interface AutoencoderParameters<P = tf.Tensor> {
  /** From images. */
  readonly encoder: CoderParameters<P>;
  /** From the encoder's output to mean and log variance. */
  readonly moments: LinearParameters<P>;
  /** From latents to the decoder's input. */
  readonly latents: LinearParameters<P>;
  /** To images. */
  readonly decoder: CoderParameters<P>;
}

/**
 * Takes the weights of an autoencoder, also under the names that its attention had before 2023.
 *
 * @param config Its sizes.
 * @param source The file.
 * @returns Its parameters.
 * @throws {RangeError} If a tensor is missing or has another shape.
 */
export function takeAutoencoder<P>(
  config: AutoencoderConfig,
  source: WeightSource<P>,
): AutoencoderParameters<P> {
  const latent = config.latent_channels;
  const sides = config.block_out_channels.length;
  const places = (config.sample_size / 2 ** (sides - 1)) ** 2;
  const map = (path: string, width: number) =>
    takeLinear(source, path, { inputs: width, outputs: width, places });
  return {
    encoder: takeCoder(config, "encoder", source),
    moments: map("quant_conv", 2 * latent),
    latents: map("post_quant_conv", latent),
    decoder: takeCoder(config, "decoder", source),
  };
}

function takeCoder<P>(
  config: AutoencoderConfig,
  half: "encoder" | "decoder",
  source: WeightSource<P>,
): CoderParameters<P> {
  const isEncoder = half === "encoder";
  const widths = isEncoder
    ? config.block_out_channels
    : [...config.block_out_channels].reverse();
  const last = widths.length - 1;
  const placesAt = (i: number) =>
    (config.sample_size / 2 ** (isEncoder ? i : last - i)) ** 2;
  const deepest = config.block_out_channels[last]!; // at least one side
  const middlePlaces = placesAt(isEncoder ? last : 0);
  const residual = (
    path: string,
    inputs: number,
    outputs: number,
    places: number,
  ) => takeResidual(source, `${half}.${path}`, { inputs, outputs, places });
  const blocks = isEncoder ? "down_blocks" : "up_blocks";
  const attend = `${half}.mid_block.attentions.0`;
  return {
    enter: takeConvolution(source, `${half}.conv_in`, {
      inputs: isEncoder ? config.in_channels : config.latent_channels,
      outputs: widths[0]!, // at least one side
      places: placesAt(0),
    }),
    sides: widths.map((outputs, i) => {
      const length = config.layers_per_block + (isEncoder ? 0 : 1);
      const resampler = isEncoder ? "downsamplers" : "upsamplers";
      return {
        residuals: Array.from({ length }, (_, j) =>
          residual(
            `${blocks}.${i}.resnets.${j}`,
            j === 0 ? widths[i - 1] ?? outputs : outputs,
            outputs,
            placesAt(i),
          )),
        ...i === last ? {} : {
          resample: takeConvolution(
            source,
            `${half}.${blocks}.${i}.${resampler}.0.conv`,
            { inputs: outputs, outputs, places: placesAt(i + 1) },
          ),
        },
      };
    }),
    middle: {
      first: residual("mid_block.resnets.0", deepest, deepest, middlePlaces),
      norm: takeNorm(source, `${attend}.group_norm`, deepest, middlePlaces),
      attention: takeAttention(
        source,
        {
          query: [`${attend}.to_q`, `${attend}.query`],
          key: [`${attend}.to_k`, `${attend}.key`],
          value: [`${attend}.to_v`, `${attend}.value`],
          output: [`${attend}.to_out.0`, `${attend}.proj_attn`],
        },
        {
          width: deepest,
          source: deepest,
          places: [middlePlaces, middlePlaces],
        },
        "bias",
      ),
      second: residual("mid_block.resnets.1", deepest, deepest, middlePlaces),
    },
    lastNorm: takeNorm(
      source,
      `${half}.conv_norm_out`,
      widths[last]!, // at least one side
      placesAt(last),
    ),
    leave: takeConvolution(source, `${half}.conv_out`, {
      inputs: widths[last]!,
      outputs: isEncoder ? 2 * config.latent_channels : config.out_channels,
      places: placesAt(last),
    }),
  };
}
