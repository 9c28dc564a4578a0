/**
 * The stage that builds a transformer of characters.
 * @module
 */
import {
  createEncoderDecoder,
  type EncoderDecoderOptions,
  encoderDecoderSpecs,
} from "../../models/encoder_decoder.ts";
import type { Positions } from "../../models/layers/token_embedding.ts";
import type { Normalization } from "../../models/layers/residual.ts";
import type { Initialization } from "../../models/layers/transformer_initials.ts";
import { listParameters } from "../../models/parameters/parameters.ts";
import {
  createTransformer,
  type TransformerOptions,
  transformerSpecs,
} from "../../models/transformer.ts";
import type { Key } from "../core/random/key.ts";
import { type Stage, stage } from "../core/stage.ts";
import type {
  OwnedSequenceModel,
  SequenceModel,
} from "../text/sequence_model.ts";
import type { CharacterText } from "../text/text_entries.ts";
import { assignWeights } from "../training/weights.ts";
import { causalSequences } from "../text/causal_sequences.ts";
import { sampleParameter } from "../training/sample_parameter.ts";
import {
  translatedSequences,
  type Translation,
} from "../text/translated_sequences.ts";
import { count, oneOf, realOr } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";
import { contextLength } from "../text/load_text.ts";

/** What a transformer is made of: layers that see the characters before, or an encoder and a decoder. */
export type Architecture = "causal" | "encoder-decoder";

/** Depth of a transformer, and where its layer norms stand. */
export interface TransformerDepth {
  /** Where the layer norms stand. */
  readonly normalization: Normalization;
  /** Layers; of an encoder-decoder, as many in each. */
  readonly layers: number;
}

/** Settings of `TransformerDepth`, with their defaults and rules. */
export const transformerDepth: Flags<TransformerDepth> = {
  normalization: oneOf(["pre", "post"], "where the layer norms stand"),
  layers: count(12, "layers of each stack"),
};

/** Everything about a transformer but its depth. */
export interface TransformerShape {
  /** Whether it continues text, or translates it. */
  readonly architecture: Architecture;
  /** What an encoder-decoder writes of the text that it reads. */
  readonly translation: Translation;
  /** Length of the vectors. */
  readonly width: number;
  /** Heads of attention, which divide the width. */
  readonly heads: number;
  /** Width of the feed-forward network over that of the vectors, or no such network. */
  readonly feedForward: number | "none";
  /** Between the layers of the feed-forward network. */
  readonly activation: "relu" | "gelu";
  /** As waves, or as parameters. */
  readonly positions: Positions;
  /** How large the weights begin. */
  readonly initialization: Initialization;
  /** Characters that it sees at once. */
  readonly context: number;
}

/** Settings of `TransformerShape`, with their defaults and rules: small, as in the analysis of Xiong et al. 2020. */
export const transformerShape: Flags<TransformerShape> = {
  architecture: oneOf(
    ["causal", "encoder-decoder"],
    "continue text, or read a window of it and write its translation",
  ),
  translation: oneOf(
    ["reversal", "copy"],
    "what an encoder-decoder writes of the text that it reads",
  ),
  width: count(64, "length of the vectors", { smoke: 32 }),
  heads: count(4, "heads of attention, which divide the width"),
  feedForward: realOr(
    4,
    "none",
    "width of the feed-forward network over that of the vectors; none for attention alone",
    { min: 0.01 },
  ),
  activation: oneOf(["relu", "gelu"], "function in the feed-forward network"),
  positions: oneOf(
    ["sinusoidal", "learned"],
    "positions as waves or parameters",
  ),
  initialization: oneOf(["glorot", "gpt2"], "how large the weights begin"),
  ...contextLength,
};

/** The sizes and the kind of a transformer, as a run's config gives them. */
export interface TransformerSizes extends TransformerDepth, TransformerShape {}

/** Builds the transformer for a text's vocabulary. */
export const buildTransformer: Stage<
  Partial<TransformerSizes> & { readonly text: CharacterText },
  { readonly model: OwnedSequenceModel }
> = stage("build", {
  needs: ["text"],
  settings: { ...transformerShape, ...transformerDepth },
  adds: { model: "a transformer, with variables of its own" },
}, ({ text: { vocabulary }, ...sizes }, { key }) => {
  return { model: transformerFor(vocabulary, sizes, key) };
});

/**
 * Makes a transformer for a vocabulary.
 *
 * @param vocabulary The characters.
 * @param sizes Its sizes and kind.
 * @param key Draws the weights.
 * @returns The model; dispose it when it is no longer used.
 * @throws {RangeError} If the heads do not divide the width.
 */
export function transformerFor(
  vocabulary: readonly string[],
  sizes: TransformerSizes,
  key: Key,
): OwnedSequenceModel {
  if (sizes.width % sizes.heads !== 0) {
    throw new RangeError(
      `Expected heads to divide the width ${sizes.width} but found ${sizes.heads}`,
    );
  }
  return sizes.architecture === "causal"
    ? buildCausal(vocabulary, sizes, key)
    : buildTranslator(vocabulary, sizes, key);
}

function buildCausal(
  vocabulary: readonly string[],
  sizes: TransformerSizes,
  key: Key,
): OwnedSequenceModel {
  const options: TransformerOptions = {
    ...sizes,
    vocabulary: vocabulary.length,
    feedForward: hiddenOf(sizes),
  };
  const created = createTransformer(options, sampleParameter(key));
  const model = causalSequences(created, { ...sizes, vocabulary });
  return owned(model, created, transformerSpecs(options));
}

function buildTranslator(
  vocabulary: readonly string[],
  sizes: TransformerSizes,
  key: Key,
): OwnedSequenceModel {
  const { length } = vocabulary;
  const options: EncoderDecoderOptions = {
    ...sizes,
    vocabulary: { source: length, target: length + 1 },
    feedForward: hiddenOf(sizes),
  };
  const created = createEncoderDecoder(options, sampleParameter(key));
  const model = translatedSequences(created, { ...sizes, vocabulary });
  return owned(model, created, encoderDecoderSpecs(options));
}

function hiddenOf({ feedForward, width }: TransformerSizes): number | "none" {
  return feedForward === "none" ? "none" : Math.round(feedForward * width);
}

function owned(
  model: SequenceModel,
  { variables, [Symbol.dispose]: dispose }: Pick<
    OwnedSequenceModel,
    "variables" | typeof Symbol.dispose
  >,
  specs: object,
): OwnedSequenceModel {
  return {
    ...model,
    variables,
    redraw: (key) => {
      const draw = sampleParameter(key);
      const values = listParameters(specs).map((spec) =>
        [
          spec.name,
          { shape: spec.shape, data: Float32Array.from(draw(spec)) },
        ] as const
      );
      assignWeights(variables, Object.fromEntries(values));
    },
    [Symbol.dispose]: dispose,
  };
}
