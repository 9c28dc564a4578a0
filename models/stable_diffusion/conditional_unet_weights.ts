// deno-lint-ignore-file camelcase -- the names of the published configuration
/**
 * Sizes and weights of the U-Net of Stable Diffusion.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { ConvolutionParameters } from "../layers/convolution.ts";
import type { GroupNormParameters } from "../unet/group_norm.ts";
import type { LinearParameters } from "../layers/linear.ts";
import type { ResidualBlockParameters } from "../unet/residual_block.ts";
import { takeResidual } from "./file_blocks.ts";
import {
  takeTextAttention,
  type TextAttentionParameters,
} from "./text_attention.ts";
import {
  takeConvolution,
  takeLinear,
  takeNorm,
  type WeightSource,
} from "./weight_source.ts";

/** The sizes of a U-Net, by the names of its configuration. */
export interface ConditionalUnetConfig {
  /** Side of the latents. */
  readonly sample_size: number;
  /** Channels of the latents. */
  readonly in_channels: number;
  /** Channels of the prediction. */
  readonly out_channels: number;
  /** By side, from the full one down. */
  readonly block_out_channels: readonly number[];
  /** Which sides have attention, on the way down. */
  readonly down_block_types: readonly string[];
  /** Which sides have attention, on the way up. */
  readonly up_block_types: readonly string[];
  /** Residual blocks at each side on the way down, and one less than on the way up. */
  readonly layers_per_block: number;
  /** Length of the vectors of a text. */
  readonly cross_attention_dim: number;
  /** The number of heads, in spite of its name, of each side. */
  readonly attention_head_dim: number | readonly number[];
  /** Wins where it is given. */
  readonly num_attention_heads?: number | readonly number[] | null | undefined;
  /** Groups of the norms. */
  readonly norm_num_groups: number;
  /** Added to the variances of residual blocks. */
  readonly norm_eps: number;
  /** Whether the maps around attention are matrices in the file, not convolutions. */
  readonly use_linear_projection: boolean;
}

/** One side of the U-Net. */
export interface SideParameters<P = tf.Tensor> {
  /** Residual blocks. */
  readonly residuals: readonly ResidualBlockParameters<P>[];
  /** After each residual block, where the side has attention. */
  readonly attentions: readonly TextAttentionParameters<P>[];
  /** To the next side, but for the last. */
  readonly resample?: ConvolutionParameters<P>;
}

/** The parameters of {@linkcode conditionalUnet}. */
export interface ConditionalUnetParameters<P = tf.Tensor> {
  /** From the waves of the timestep. */
  readonly firstTime: LinearParameters<P>;
  /** After an activation. */
  readonly secondTime: LinearParameters<P>;
  /** From latents to the first channels. */
  readonly enter: ConvolutionParameters<P>;
  /** From the full side down. */
  readonly down: readonly SideParameters<P>[];
  /** At the smallest side. */
  readonly middle: SideParameters<P>;
  /** From the smallest side up. */
  readonly up: readonly SideParameters<P>[];
  /** After the last block. */
  readonly lastNorm: GroupNormParameters<P>;
  /** To the prediction. */
  readonly leave: ConvolutionParameters<P>;
}

/**
 * Takes the weights of a U-Net.
 *
 * @param config Its sizes.
 * @param tokens Of a text, for estimates of time.
 * @param source The file.
 * @returns Its parameters.
 * @throws {RangeError} If a tensor is missing or has another shape.
 */
export function takeConditionalUnet<P>(
  config: ConditionalUnetConfig,
  tokens: number,
  source: WeightSource<P>,
): ConditionalUnetParameters<P> {
  const channels = config.block_out_channels;
  const first = channels[0]!; // at least one side
  const last = channels.length - 1;
  const time = 4 * first;
  const placesAt = (i: number) => (config.sample_size / 2 ** i) ** 2;
  const text = (path: string, width: number, places: number) =>
    takeTextAttention(source, path, {
      width,
      text: config.cross_attention_dim,
      places,
      tokens,
    });
  const side = (
    path: string,
    inputs: readonly number[],
    outputs: number,
    places: number,
    attends: boolean,
  ) => ({
    residuals: inputs.map((input, j) =>
      takeResidual(source, `${path}.resnets.${j}`, {
        inputs: input,
        outputs,
        time,
        places,
      })
    ),
    attentions: attends
      ? inputs.map((_, j) => text(`${path}.attentions.${j}`, outputs, places))
      : [],
  });
  const resample = (path: string, width: number, places: number) =>
    takeConvolution(source, path, { inputs: width, outputs: width, places });
  const down = channels.map((outputs, i) => {
    const path = `down_blocks.${i}`;
    const inputs = Array.from(
      { length: config.layers_per_block },
      (_, j) => j === 0 ? channels[i - 1] ?? first : outputs,
    );
    const attends = config.down_block_types[i] === "CrossAttnDownBlock2D";
    return {
      ...side(path, inputs, outputs, placesAt(i), attends),
      ...i === last ? {} : {
        resample: resample(
          `${path}.downsamplers.0.conv`,
          outputs,
          placesAt(i + 1),
        ),
      },
    };
  });
  const skips = [
    first,
    ...channels.flatMap((outputs, i) => [
      ...Array<number>(config.layers_per_block).fill(outputs),
      ...i === last ? [] : [outputs],
    ]),
  ];
  const deepest = channels[last]!; // at least one side
  const middlePlaces = placesAt(last);
  const middle = {
    residuals: [0, 1].map((j) =>
      takeResidual(source, `mid_block.resnets.${j}`, {
        inputs: deepest,
        outputs: deepest,
        time,
        places: middlePlaces,
      })
    ),
    attentions: [text("mid_block.attentions.0", deepest, middlePlaces)],
  };
  let before = deepest;
  const up = [...channels].reverse().map((outputs, i) => {
    const path = `up_blocks.${i}`;
    const inputs = Array.from(
      { length: config.layers_per_block + 1 },
      (_, j) => (j === 0 ? before : outputs) + skips.pop()!,
    ); // as many as on the way down
    before = outputs;
    const attends = config.up_block_types[i] === "CrossAttnUpBlock2D";
    return {
      ...side(path, inputs, outputs, placesAt(last - i), attends),
      ...i === last ? {} : {
        resample: resample(
          `${path}.upsamplers.0.conv`,
          outputs,
          placesAt(last - i - 1),
        ),
      },
    };
  });
  return {
    firstTime: takeLinear(source, "time_embedding.linear_1", {
      inputs: first,
      outputs: time,
      places: 1,
    }),
    secondTime: takeLinear(source, "time_embedding.linear_2", {
      inputs: time,
      outputs: time,
      places: 1,
    }),
    enter: takeConvolution(source, "conv_in", {
      inputs: config.in_channels,
      outputs: first,
      places: placesAt(0),
    }),
    down,
    middle,
    up,
    lastNorm: takeNorm(source, "conv_norm_out", first, placesAt(0)),
    leave: takeConvolution(source, "conv_out", {
      inputs: first,
      outputs: config.out_channels,
      places: placesAt(0),
    }),
  };
}
