/**
 * The stage that trains and measures a transformer on some directions.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import { only } from "../../core/task/flags.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import { tokensPerWord } from "../stored_translator.ts";
import { encodeTransformer } from "../transformer_file.ts";
import {
  sizesOf,
  type TransformerSettings,
  transformerSettings,
  transformerTranslator,
} from "../transformer_translator.ts";
import { TRANSLATOR_FILE } from "../translator_file.ts";
import {
  fitTransformer,
  type ManyTraining,
  manyTraining,
  type TransformerHistory,
} from "./fit_transformer.ts";
import {
  directionName,
  type LanguageDirection,
  type ManyCorpus,
  manySettings,
} from "./many_corpus.ts";
import { type DirectionMeasures, measureDirections } from "./measure_many.ts";

/** What a transformer learned, and how it translates. */
export interface ManyMeasures {
  /** Scores of each direction, learned or not. */
  readonly directions: readonly DirectionMeasures[];
  /** Nats per token on the validation sentences of all directions that are learned, by weight update. */
  readonly history: TransformerHistory["history"];
  /** Gradients after each layer, by weight update. */
  readonly moments: TransformerHistory["moments"];
  /** Numbers that were learned. */
  readonly parameters: number;
}

/** What a transformer is trained on. */
export interface ManyCase extends ManyTraining, TransformerSettings {
  /** The most tokens of a source. */
  readonly maxLength: number;
  /** All sentences. */
  readonly many: ManyCorpus;
  /** The directions to learn. */
  readonly learned: readonly LanguageDirection[];
  /** The directions to measure. */
  readonly measured: readonly LanguageDirection[];
  /** Whether the trained model is kept for \`deno task translate\`. */
  readonly keep: "kept" | "dropped";
}

/** Trains a transformer with Adam (0.9, 0.98), and measures it with the weights of the least validation loss. */
export const trainMany: Stage<
  ManyCase,
  { readonly measures: ManyMeasures }
> = stage("train", {
  needs: ["many", "learned", "measured", "keep"],
  cached: true,
  settings: {
    ...manyTraining,
    ...transformerSettings,
    ...only(manySettings, "maxLength"),
  },
  adds: { measures: "losses and scores of each direction" },
}, async ({ many, learned, measured, keep, ...settings }, context) => {
  const sizes = sizesOf(many, settings);
  const barred = Object.values(many.tags);
  const draw = sampleParameter(context.key);
  using translator = transformerTranslator(sizes, barred, draw);
  const { history, moments } = await fitTransformer(translator, settings, {
    pairs: learned.flatMap((direction) => many.pairs("train", direction)),
    validation: learned.map((direction) => ({
      name: directionName(direction),
      pairs: many.pairs("validation", direction),
    })),
  }, context);
  if (keep === "kept") {
    const bytes = await encodeTransformer(translator, sizes, {
      ...many,
      tokensPerWord: tokensPerWord(
        Object.values(many.lines).flat(),
        many.tokens,
      ),
    });
    await context.artifacts.file(TRANSLATOR_FILE, bytes);
  }
  const { variables } = translator.model;
  return {
    measures: {
      history,
      moments,
      parameters: Object.values(variables)
        .reduce((sum, { size }) => sum + size, 0),
      directions: await measureDirections(
        translator.decodable,
        many,
        { learned, measured },
        context,
      ),
    },
  };
});
