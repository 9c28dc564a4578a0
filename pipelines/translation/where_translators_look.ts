/**
 * Where translators look while they predict given tokens.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { EncoderDecoder } from "../../models/encoder_decoder.ts";
import type { Seq2Seq } from "../../models/recurrent/translator.ts";
import type { AttentionWeights } from "../text/attention_weights.ts";
import { PAD } from "../text/parallel/tokens.ts";

/** Tells where each layer looks: of sources, [batch, source], and the token before each predicted one, [batch, target]. */
export type Attend = (
  source: tf.Tensor2D,
  before: tf.Tensor2D,
) => AttentionWeights;

/**
 * Follows the one attention of a recurrent translator, which has neither layers nor heads.
 *
 * @param model The model.
 * @returns Weights of one layer and one head; none where it has no attention.
 */
export function attendRecurrent(model: Seq2Seq): Attend {
  return (source, before) => {
    const { weights } = model.teach(before, model.encode(source, real(source)));
    const cross = weights ? [weights.expandDims(1)] : [];
    return { source: [], target: [], cross };
  };
}

/**
 * Follows every attention of a transformer.
 *
 * @param model The model.
 * @returns Weights of all layers and heads of encoder and decoder.
 */
export function attendTransformer(model: EncoderDecoder): Attend {
  return (source, before) => {
    const memory = model.encode(source, real(source));
    const { attention, crossAttention } = model.decode(before, memory);
    return {
      source: memory.attention,
      target: attention,
      cross: crossAttention,
    };
  };
}

/** One for tokens and zero for padding, [batch, source]. */
function real(source: tf.Tensor2D): tf.Tensor2D {
  return source.notEqual(PAD).cast("float32") as tf.Tensor2D; // a matrix
}
