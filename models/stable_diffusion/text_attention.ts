/**
 * The block in which pixels look at each other and at a text.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { activate } from "../layers/activation.ts";
import { attention, type AttentionParameters } from "../layers/attention.ts";
import { groupNorm, type GroupNormParameters } from "../unet/group_norm.ts";
import { layerNorm, type LayerNormParameters } from "../layers/layer_norm.ts";
import { linear, type LinearParameters } from "../layers/linear.ts";
import { takeAttention } from "./file_blocks.ts";
import { takeLinear, takeNorm, type WeightSource } from "./weight_source.ts";

/** The parameters of {@linkcode lookAtText}. */
export interface TextAttentionParameters<P = tf.Tensor> {
  /** Over groups of channels. */
  readonly norm: GroupNormParameters<P>;
  /** Before the sublayers. */
  readonly enter: LinearParameters<P>;
  /** Before looking at pixels. */
  readonly pixelNorm: LayerNormParameters<P>;
  /** Each pixel looks at all. */
  readonly pixels: AttentionParameters<P>;
  /** Before looking at the text. */
  readonly textNorm: LayerNormParameters<P>;
  /** Each pixel looks at the tokens. */
  readonly text: AttentionParameters<P>;
  /** Before the feed-forward network. */
  readonly feedNorm: LayerNormParameters<P>;
  /** To hidden units and their gates. */
  readonly hidden: LinearParameters<P>;
  /** From gated units back to the width. */
  readonly output: LinearParameters<P>;
  /** After the sublayers. */
  readonly leave: LinearParameters<P>;
}

/** Added to the variance of the norm over groups. */
const EPSILON = 1e-6;

/** Takes the block. */
export function takeTextAttention<P>(
  source: WeightSource<P>,
  path: string,
  { width, text, places, tokens }: {
    readonly width: number;
    readonly text: number;
    readonly places: number;
    readonly tokens: number;
  },
): TextAttentionParameters<P> {
  const block = `${path}.transformer_blocks.0`;
  const same = { inputs: width, outputs: width, places };
  const names = (name: string) => ({
    query: `${block}.${name}.to_q`,
    key: `${block}.${name}.to_k`,
    value: `${block}.${name}.to_v`,
    output: `${block}.${name}.to_out.0`,
  });
  return {
    norm: takeNorm(source, `${path}.norm`, width, places),
    enter: takeLinear(source, `${path}.proj_in`, same),
    pixelNorm: takeNorm(source, `${block}.norm1`, width, places),
    pixels: takeAttention(
      source,
      names("attn1"),
      { width, source: width, places: [places, places] },
      "no bias",
    ),
    textNorm: takeNorm(source, `${block}.norm2`, width, places),
    text: takeAttention(
      source,
      names("attn2"),
      { width, source: text, places: [places, tokens] },
      "no bias",
    ),
    feedNorm: takeNorm(source, `${block}.norm3`, width, places),
    hidden: takeLinear(source, `${block}.ff.net.0.proj`, {
      inputs: width,
      outputs: 8 * width,
      places,
    }),
    output: takeLinear(source, `${block}.ff.net.2`, {
      inputs: 4 * width,
      outputs: width,
      places,
    }),
    leave: takeLinear(source, `${path}.proj_out`, same),
  };
}

/**
 * Lets each pixel look at all pixels, then at the text, then passes it through gated units.
 *
 * Source: Rombach et al. 2022, section 3.3 and table 16; Shazeer 2020, eq. 6, for the gates.
 *
 * @param x [batch, height, width, channel]
 * @param text [batch, token, width]
 * @param parameters Of the block.
 * @param options Heads of both attentions, groups of the norm.
 * @returns [batch, height, width, channel]
 */
export function lookAtText(
  x: tf.Tensor4D,
  text: tf.Tensor3D,
  parameters: TextAttentionParameters,
  { heads, groups }: { readonly heads: number; readonly groups: number },
): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const normed = groupNorm(x, parameters.norm, { groups, epsilon: EPSILON });
  let y = linear(
    normed.reshape([batch, height * width, channels]),
    parameters.enter,
  );
  const pixels = layerNorm(y, parameters.pixelNorm);
  y = y.add(attention(pixels, pixels, parameters.pixels, { heads }).y);
  const asking = layerNorm(y, parameters.textNorm);
  y = y.add(attention(asking, text, parameters.text, { heads }).y);
  const both = linear(layerNorm(y, parameters.feedNorm), parameters.hidden);
  const [hidden, gate] = tf.split(both, 2, 2);
  const gated = hidden!.mul(activate("gelu", gate!)); // two parts
  y = y.add(linear(gated, parameters.output));
  return x.add(
    linear(y, parameters.leave).reshape([batch, height, width, channels]),
  );
}
