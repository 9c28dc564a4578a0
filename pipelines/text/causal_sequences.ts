/**
 * The decoder-only transformer as a model of windows of text.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Transformer } from "../../models/transformer.ts";
import type { SequenceModel } from "./sequence_model.ts";
import { placesOf } from "./places.ts";

/** What a model of windows must know besides its transformer. */
export interface WindowOptions {
  /** The characters. */
  readonly vocabulary: readonly string[];
  /** Characters to predict. */
  readonly context: number;
  /** Length of the vectors. */
  readonly width: number;
  /** How many. */
  readonly layers: number;
}

/**
 * Reads windows as each character and the one after it.
 *
 * @param model The transformer.
 * @param options Its sizes.
 * @returns A model of windows of context + 1 characters; what it writes begins with a new line, where there is one.
 */
export function causalSequences(
  model: Transformer,
  { vocabulary, context, width, layers }: WindowOptions,
): SequenceModel {
  const places = placesOf("", {
    embedding: "embedding/",
    layers: "stack/layers/",
  }, layers);
  return {
    context,
    window: context + 1,
    width,
    begin: Math.max(0, vocabulary.indexOf("\n")),
    vocabulary,
    kind: "continues",
    places,
    cut: (windows: tf.Tensor2D) => {
      const [batch] = windows.shape;
      const before = windows.slice([0, 0], [batch, context]);
      const target = windows.slice([0, 1], [batch, context]);
      return { source: before, before, target };
    },
    predict: ({ before }, probes) => {
      const { attention: target, ...rest } = model.predict(before, {
        ...probes && { probes },
      });
      return { ...rest, attention: { source: [], target, cross: [] } };
    },
  };
}
