/**
 * A transformer that translates between many languages.
 * @module
 */
import {
  createEncoderDecoder,
  type EncoderDecoder,
  type EncoderDecoderOptions,
} from "../../models/encoder_decoder.ts";
import { layerNames } from "../../models/decoding/stepwise_transformer.ts";
import type { Normalization } from "../../models/layers/residual.ts";
import type {
  Owned,
  SampleParameter,
} from "../../models/parameters/parameters.ts";
import { count, oneOf } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";
import type { Decodable } from "../text/decoding/compiled_step.ts";
import { keepPositions } from "../text/decoding/kept_positions.ts";

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

/** What a transformer is built from, and rebuilt from after a run. */
export interface TransformerSizes extends TransformerSettings {
  /** Tokens that there are, for reading and writing. */
  readonly vocabulary: number;
  /** The most tokens of a source. */
  readonly maxLength: number;
}

/** Picks the sizes of a model among settings, with the vocabulary of its tokens. */
export function sizesOf(
  { tokens }: { readonly tokens: { readonly names: readonly string[] } },
  settings: TransformerSettings & { readonly maxLength: number },
): TransformerSizes {
  const { normalization, layers, width, heads, feedForward } = settings;
  return {
    ...{ normalization, layers, width, heads, feedForward },
    vocabulary: tokens.names.length,
    maxLength: settings.maxLength,
  };
}

/** Positions that a target has beyond the most that a source has. */
const MORE_IN_TARGETS = 16;

/**
 * Creates a transformer with one table of vectors for reading, writing and predicting.
 *
 * @param sizes Of the model.
 * @param barred Tokens that are never written: the tags.
 * @param draw Draws the values of one parameter.
 * @returns The translator; dispose it after use.
 */
export function transformerTranslator(
  { maxLength, feedForward, vocabulary, ...settings }: TransformerSizes,
  barred: readonly number[],
  draw: SampleParameter,
): TransformerTranslator {
  const context = maxLength + MORE_IN_TARGETS;
  const { width } = settings;
  const options: EncoderDecoderOptions = {
    ...settings,
    feedForward: feedForward * width,
    vocabulary: { source: vocabulary, target: vocabulary },
    context,
    embeddings: "shared",
    head: "tied",
  };
  const model = createEncoderDecoder(options, draw);
  return {
    model,
    options,
    decodable: {
      stepwise: model.stepwise(context),
      source: (size) => sourceShapes(settings, size),
      keep: keepPositions({ ...settings, longest: context }),
      vocabulary,
      barred,
      longest: context,
    },
    [Symbol.dispose]: () => model[Symbol.dispose](),
  };
}

/** What steps see of a source sentence: which positions are tokens, and keys and values of each layer. */
function sourceShapes(
  { layers, heads, width }: Pick<
    TransformerSettings,
    "layers" | "heads" | "width"
  >,
  size: number,
): Readonly<Record<string, readonly number[]>> {
  const shape = [heads, size, width / heads];
  const names = Array.from({ length: layers }, (_, layer) => {
    const { keys, values } = layerNames("source", layer);
    return [keys, values];
  });
  return {
    isToken: [size],
    ...Object.fromEntries(names.flat().map((name) => [name, shape])),
  };
}
