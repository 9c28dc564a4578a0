/**
 * The stage that builds a recurrent encoder-decoder.
 * @module
 */
import type { AttentionKind } from "../../models/attention/query_attention.ts";
import type {
  Owned,
  SampleParameter,
} from "../../models/parameters/parameters.ts";
import type { Seq2SeqOptions } from "../../models/recurrent/seq2seq_parameters.ts";
import type { Seq2Seq } from "../../models/recurrent/translator.ts";
import { stepwiseSeq2Seq } from "../../models/recurrent/stepwise_seq2seq.ts";
import { createSeq2Seq } from "../../models/seq2seq.ts";
import { type Stage, stage } from "../core/stage.ts";
import { count, oneOf } from "../core/task/fields.ts";
import { type Flags, only } from "../core/task/flags.ts";
import {
  corpusSettings,
  type TranslationCorpus,
} from "../text/parallel/corpus.ts";
import { logFrequencies, tokenCounts } from "../text/parallel/tokens.ts";
import type { Decodable } from "../text/decoding/compiled_step.ts";
import { keepStates } from "../text/decoding/kept_sequences.ts";
import { sampleParameter } from "../training/sample_parameter.ts";

/** A recurrent translator with its variables. */
export interface RecurrentTranslator extends Disposable {
  /** The model as decoders see it. */
  readonly decodable: Decodable;
  /** Functions and variables of the model. */
  readonly model: Owned<Seq2Seq>;
  /** Sizes of the model. */
  readonly sizes: Seq2SeqOptions;
}

/** The sizes and the kind, as a run's config gives them. */
export interface Seq2SeqSizes {
  /** Where the decoder looks. */
  readonly attention: AttentionKind;
  /** Length of the vectors of words. */
  readonly embedding: number;
  /** Length of the states. */
  readonly units: number;
}

/** Settings of `Seq2SeqSizes`, with their defaults and rules. */
export const seq2seqSizes: Flags<Seq2SeqSizes> = {
  attention: oneOf(
    ["additive", "multiplicative", "location", "none"],
    "where the decoder looks",
  ),
  embedding: count(128, "length of the vectors of words", { smoke: 32 }),
  units: count(128, "length of the state, in each direction", { smoke: 32 }),
};

/** Builds the model, whose output begins at the frequencies of the training words. */
export const buildSeq2Seq: Stage<
  Partial<Seq2SeqSizes & { readonly maxLength: number }> & {
    readonly corpus: TranslationCorpus;
  },
  { readonly translator: RecurrentTranslator }
> = stage("build", {
  needs: ["corpus"],
  settings: { ...seq2seqSizes, ...only(corpusSettings, "maxLength") },
  adds: { translator: "the model with its variables" },
}, ({ corpus, maxLength, ...sizes }, { key }) => {
  const options: Seq2SeqOptions = {
    ...sizes,
    vocabulary: {
      source: corpus.sourceTokens.names.length,
      target: corpus.targetTokens.names.length,
    },
    maxSource: maxLength,
  };
  const targets = corpus.train.map(({ target }) => target.slice(0, -1)); // without the end
  const counts = tokenCounts(targets, options.vocabulary.target);
  const draw = sampleParameter(key);
  const drawOrCount: SampleParameter = (spec) =>
    spec.name === "output/bias" ? logFrequencies(counts) : draw(spec);
  return { translator: recurrentTranslator(options, drawOrCount) };
});

/**
 * Creates a translator.
 *
 * @param sizes Its sizes and kind.
 * @param draw Draws the values of one parameter.
 * @returns The translator; dispose it when it is no longer used.
 */
export function recurrentTranslator(
  sizes: Seq2SeqOptions,
  draw: SampleParameter,
): RecurrentTranslator {
  const model = createSeq2Seq(sizes, draw);
  const { units, attention } = sizes;
  const hasKeys = attention === "additive" || attention === "multiplicative";
  const decodable: Decodable = {
    stepwise: stepwiseSeq2Seq(model),
    source: (size) => ({
      memory: [size, 2 * units],
      isToken: [size],
      ...hasKeys && { keys: [size, units] },
    }),
    keep: keepStates(units),
    vocabulary: sizes.vocabulary.target,
    barred: [],
    longest: Infinity,
  };
  const dispose = () => model[Symbol.dispose]();
  return { model, sizes, decodable, [Symbol.dispose]: dispose };
}
