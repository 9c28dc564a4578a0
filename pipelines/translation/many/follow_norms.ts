/**
 * Gradients after each layer while transformers learn: with either place of the norms, shallow and deep.
 * @module
 */
import { type Case, forEach } from "../../core/for_each.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { count } from "../../core/task/fields.ts";
import { type Flags, only } from "../../core/task/flags.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import {
  sizesOf,
  type TransformerSettings,
  transformerSettings,
  transformerTranslator,
} from "../transformer_translator.ts";
import {
  fitTransformer,
  type ManyTraining,
  manyTraining,
  type NormMoment,
} from "./fit_transformer.ts";
import { type InitialSettings, initialSettings } from "./initial_norms.ts";
import { type ManyCorpus, manySettings } from "./many_corpus.ts";

/** How the models learn whose gradients are followed, as a run's config gives it. */
export interface NormSettings {
  /** Weight updates of each of them. */
  readonly normSteps: number;
  /** Sentence pairs of one of these updates. */
  readonly normBatch: number;
  /** The first of these updates, in which the step size rises. */
  readonly normWarmUp: number;
}

/** Settings of `NormSettings`, with their defaults and rules. */
export const normSettings: Flags<NormSettings> = {
  normSteps: count(
    150,
    "weight updates of each model whose gradients are followed",
    { smoke: 6 },
  ),
  normBatch: count(32, "sentence pairs in one of these updates", { smoke: 8 }),
  normWarmUp: count(40, "of these updates, those with a rising step size", {
    min: 0,
    smoke: 2,
  }),
};

/** Gradients of one kind of transformer while it learns. */
export interface NormHistory {
  /** Where the layer norms stand. */
  readonly normalization: TransformerSettings["normalization"];
  /** Layers of each stack. */
  readonly layers: number;
  /** From the first updates to the last. */
  readonly moments: readonly NormMoment[];
}

/** Records in all, at most; and compiled sizes, since deep models take long to compile. */
const [RECORDS, BUCKETS] = [30, 2];

type OneModel =
  & ManyTraining
  & TransformerSettings
  & { readonly maxLength: number }
  & { readonly many: ManyCorpus };

const trainOne: Stage<OneModel, { readonly norms: NormHistory }> = stage(
  "train",
  {
    needs: ["many"],
    cached: true,
    settings: {
      ...manyTraining,
      ...transformerSettings,
      ...only(manySettings, "maxLength"),
    },
    adds: { norms: "lengths of gradients by layer and weight update" },
  },
  async ({ many, ...settings }, context) => {
    using translator = transformerTranslator(
      sizesOf(many, settings),
      Object.values(many.tags),
      sampleParameter(context.key),
    );
    const pairs = many.directions.flatMap((one) => many.pairs("train", one));
    const sentences = { pairs, validation: [] };
    const { moments } = await fitTransformer(
      translator,
      settings,
      sentences,
      context,
    );
    const { normalization, layers } = settings;
    return { norms: { normalization, layers, moments } };
  },
);

/** Trains a transformer of each kind on all directions; those of one depth begin with equal weights and read equal batches. */
export const followNorms: Stage<
  & Partial<
    & NormSettings
    & ManyTraining
    & TransformerSettings
    & Pick<InitialSettings, "depths">
    & { readonly maxLength: number }
  >
  & { readonly many: ManyCorpus },
  { readonly normHistories: readonly NormHistory[] }
> = forEach("norms", {
  needs: ["many"],
  settings: {
    ...normSettings,
    ...manyTraining,
    ...transformerSettings,
    ...only(initialSettings, "depths"),
    ...only(manySettings, "maxLength"),
  },
  adds: { normHistories: "lengths of gradients of each kind during training" },
  cases: ({ depths, normSteps, normBatch, normWarmUp, ...settings }) =>
    (["pre", "post"] as const).flatMap((normalization) =>
      depths.map((layers): Case<OneModel> => ({
        name: `${normalization}-norm, ${layers} layers`,
        keyName: `${layers} layers`,
        input: {
          ...settings,
          normalization,
          layers,
          steps: normSteps,
          batch: normBatch,
          warmUp: normWarmUp,
          buckets: Math.min(BUCKETS, settings.buckets),
          recordEvery: Math.ceil(normSteps / RECORDS),
          validateEvery: normSteps,
        },
      }))
    ),
  stage: trainOne,
  collect: (cases) => ({ normHistories: cases.map(({ out }) => out.norms) }),
});
