/**
 * A transformer that translates between many languages.
 * @module
 */
import {
  createEncoderDecoder,
  type EncoderDecoder,
  type EncoderDecoderOptions,
} from "../../../models/encoder_decoder.ts";
import { stateSize } from "../../../models/decoding/stepwise_transformer.ts";
import type { Normalization } from "../../../models/layers/residual.ts";
import type { Owned } from "../../../models/parameters/parameters.ts";
import type { Key } from "../../core/random/key.ts";
import { count, oneOf } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import type { Decodable } from "../compiled_decoder.ts";
import type { ManyCorpus } from "./many_corpus.ts";

/** The sizes and the kind, as a run's config gives them. */
export interface TransformerSettings {
  /** Where the layer norms stand. */
  readonly normalization: Normalization;
  /** Layers of each stack. */
  readonly layers: number;
  /** Length of the vectors. */
  readonly width: number;
  /** Heads of attention, which divide the width. */
  readonly heads: number;
  /** Width of the feed-forward networks over that of the vectors. */
  readonly feedForward: number;
}

/** Settings of `TransformerSettings`, with their defaults and rules. */
export const transformerSettings: Flags<TransformerSettings> = {
  normalization: oneOf(["pre", "post"], "where the layer norms stand"),
  layers: count(3, "layers of each stack", { smoke: 1 }),
  width: count(128, "length of the vectors", { smoke: 32 }),
  heads: count(4, "heads of attention, which divide the width"),
  feedForward: count(
    4,
    "width of the feed-forward networks over that of the vectors",
  ),
};

/** A transformer with its variables. */
export interface TransformerTranslator extends Disposable {
  /** Functions and variables of the model. */
  readonly model: Owned<EncoderDecoder>;
  /** Sizes of the model. */
  readonly options: EncoderDecoderOptions;
  /** The model as decoders see it: tags are never written. */
  readonly decodable: Decodable;
}

/** Positions that a target may have while it is written; twice as many as sources have, and some more. */
function longestTarget(maxLength: number): number {
  return maxLength + 16;
}

/**
 * Creates a transformer with one table of vectors for reading, writing and predicting.
 *
 * @param corpus Its vocabulary.
 * @param settings Its sizes, and the most tokens of a source.
 * @param key Decides the weights.
 * @returns The translator; dispose it after use.
 */
export function transformerTranslator(
  { tokens, tags }: Pick<ManyCorpus, "tokens" | "tags">,
  { maxLength, feedForward, ...settings }: TransformerSettings & {
    readonly maxLength: number;
  },
  key: Key,
): TransformerTranslator {
  const vocabulary = tokens.names.length;
  const context = longestTarget(maxLength);
  const { layers, width } = settings;
  const options: EncoderDecoderOptions = {
    ...settings,
    feedForward: feedForward * width,
    vocabulary: { source: vocabulary, target: vocabulary },
    context,
    embeddings: "shared",
    head: "tied",
  };
  const model = createEncoderDecoder(options, sampleParameter(key));
  return {
    model,
    options,
    decodable: {
      stepwise: model.stepwise(context),
      widths: {
        state: stateSize({ layers, context, width }),
        memory: layers * width,
        keys: layers * width,
      },
      vocabulary,
      barred: Object.values(tags),
      longest: context,
    },
    [Symbol.dispose]: () => model[Symbol.dispose](),
  };
}
