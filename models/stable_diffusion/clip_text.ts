// deno-lint-ignore-file camelcase -- the names of the published configuration
/**
 * The text encoder of CLIP.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { activate } from "../layers/activation.ts";
import { attention, type AttentionParameters } from "../layers/attention.ts";
import { embedding } from "../layers/embedding.ts";
import { layerNorm, type LayerNormParameters } from "../layers/layer_norm.ts";
import { linear, type LinearParameters } from "../layers/linear.ts";
import { takeAttention } from "./file_blocks.ts";
import { takeLinear, takeNorm, type WeightSource } from "./weight_source.ts";

/** The sizes of a text encoder, by the names of its configuration. */
export interface ClipTextConfig {
  /** Tokens that there are. */
  readonly vocab_size: number;
  /** Length of the vectors. */
  readonly hidden_size: number;
  /** Units between the layers of the feed-forward networks. */
  readonly intermediate_size: number;
  /** Layers. */
  readonly num_hidden_layers: number;
  /** Heads of each attention. */
  readonly num_attention_heads: number;
  /** Tokens of a prompt. */
  readonly max_position_embeddings: number;
  /** Activation of the feed-forward networks. */
  readonly hidden_act: "quick_gelu" | "gelu";
}

/** The parameters of {@linkcode clipText}. */
export interface ClipTextParameters<P = tf.Tensor> {
  /** [vocabulary, width] */
  readonly tokens: P;
  /** [position, width] */
  readonly positions: P;
  /** In order of depth. */
  readonly layers: readonly {
    readonly firstNorm: LayerNormParameters<P>;
    readonly attention: AttentionParameters<P>;
    readonly secondNorm: LayerNormParameters<P>;
    readonly hidden: LinearParameters<P>;
    readonly output: LinearParameters<P>;
  }[];
  /** After the last layer. */
  readonly lastNorm: LayerNormParameters<P>;
}

/**
 * Takes the weights of a text encoder, with or without `text_model.` before their names.
 *
 * @param config Its sizes.
 * @param source The file.
 * @returns Its parameters.
 * @throws {RangeError} If a tensor is missing or has another shape.
 */
export function takeClipText<P>(
  config: ClipTextConfig,
  source: WeightSource<P>,
): ClipTextParameters<P> {
  const { hidden_size: width, max_position_embeddings: places } = config;
  const table = (path: string, rows: number) =>
    source.take({
      names: [`${path}.weight`],
      shape: [rows, width],
      layout: "plain",
      places: 0,
    });
  return {
    tokens: table("embeddings.token_embedding", config.vocab_size),
    positions: table("embeddings.position_embedding", places),
    layers: Array.from({ length: config.num_hidden_layers }, (_, i) => {
      const path = `encoder.layers.${i}`;
      const attend = `${path}.self_attn`;
      return {
        firstNorm: takeNorm(source, `${path}.layer_norm1`, width, places),
        attention: takeAttention(
          source,
          {
            query: `${attend}.q_proj`,
            key: `${attend}.k_proj`,
            value: `${attend}.v_proj`,
            output: `${attend}.out_proj`,
          },
          { width, source: width, places: [places, places] },
          "bias",
        ),
        secondNorm: takeNorm(source, `${path}.layer_norm2`, width, places),
        hidden: takeLinear(source, `${path}.mlp.fc1`, {
          inputs: width,
          outputs: config.intermediate_size,
          places,
        }),
        output: takeLinear(source, `${path}.mlp.fc2`, {
          inputs: config.intermediate_size,
          outputs: width,
          places,
        }),
      };
    }),
    lastNorm: takeNorm(source, "final_layer_norm", width, places),
  };
}

/**
 * Encodes prompts: a transformer with norms before its sublayers; padding is looked at like other tokens.
 *
 * Source: Radford et al. 2021, section 2.4; where all tokens are seen, Rombach et al. 2022, section 4.3.1.
 *
 * @param tokens int32, [batch, position].
 * @param parameters Of the encoder.
 * @param config Its sizes.
 * @param seen Which tokens a token looks at: not at later ones, as CLIP does, unless given.
 * @returns Vectors after the last norm, [batch, position, width].
 */
export function clipText(
  tokens: tf.Tensor2D,
  { tokens: table, positions, layers, lastNorm }: ClipTextParameters,
  { num_attention_heads: heads, hidden_act }: Pick<
    ClipTextConfig,
    "num_attention_heads" | "hidden_act"
  >,
  seen: "earlier" | "all" = "earlier",
): tf.Tensor3D {
  const length = tokens.shape[1];
  const options = seen === "all" ? { heads } : { heads, mask: earlier(length) };
  let x = embedding(tokens, table).add(positions.slice([0, 0], [length, -1]));
  for (const layer of layers) {
    const normed = layerNorm(x, layer.firstNorm);
    x = x.add(attention(normed, normed, layer.attention, options).y);
    const hidden = linear(layerNorm(x, layer.secondNorm), layer.hidden);
    const bent = hidden_act === "gelu"
      ? activate("gelu", hidden)
      : hidden.mul(tf.sigmoid(hidden.mul(1.702))); // Hendrycks & Gimpel 2016, section 2
    x = x.add(linear(bent, layer.output));
  }
  const [batch, , width] = x.shape;
  return layerNorm(x, lastNorm).as3D(batch!, length, width!); // rank 3
}

/** Added to scores, [position, position]: no token looks at later ones. */
function earlier(length: number): tf.Tensor2D {
  return tf.tensor2d(
    Float32Array.from(
      { length: length ** 2 },
      (_, i) => i % length > Math.floor(i / length) ? -1e9 : 0,
    ),
    [length, length],
  );
}
