/**
 * The encoder-decoder as a model of windows of text that are to be copied or reversed.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { EncoderDecoder } from "../../models/encoder_decoder.ts";
import type { SequenceModel } from "./sequence_model.ts";
import type { WindowOptions } from "./causal_sequences.ts";
import { placesOf } from "./places.ts";

/** What is to be written of a window. */
export type Translation = "copy" | "reversal";

/**
 * Reads windows as a source and its translation.
 *
 * @param model The encoder-decoder, whose target vocabulary has a token more: that which begins a target.
 * @param options Its sizes, and what is to be written.
 * @returns A model of windows of `context` characters.
 */
export function translatedSequences(
  model: EncoderDecoder,
  { vocabulary, context, width, layers, translation }: WindowOptions & {
    readonly translation: Translation;
  },
): SequenceModel {
  const begin = vocabulary.length;
  const encoder = placesOf("encoder", {
    embedding: "source/",
    layers: "encoder/layers/",
  }, layers);
  const decoder = placesOf("decoder", {
    embedding: "target/",
    layers: "decoder/layers/",
  }, layers);
  return {
    context,
    window: context,
    width,
    begin,
    vocabulary,
    kind: "translates",
    places: [...encoder, ...decoder],
    cut: (windows: tf.Tensor2D) => {
      const [batch] = windows.shape;
      const target = translation === "copy" ? windows : windows.reverse(1);
      const first = tf.fill<tf.Rank.R2>([batch, 1], begin, "int32");
      const rest = target.slice([0, 0], [batch, context - 1]);
      const before = tf.concat([first, rest], 1);
      return { source: windows, before, target };
    },
    predict: ({ source, before }, probes) => {
      const isToken = tf.ones<tf.Rank.R2>(source.shape);
      const reading = probes && { probes: probes.slice(0, encoder.length) };
      const writing = probes && { probes: probes.slice(encoder.length) };
      const memory = model.encode(source, isToken, reading);
      const written = model.decode(before, memory, writing);
      return {
        next: written.next,
        activations: [...memory.activations, ...written.activations],
        attention: {
          source: memory.attention,
          target: written.attention,
          cross: written.crossAttention,
        },
      };
    },
  };
}
