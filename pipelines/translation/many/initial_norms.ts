/**
 * The stage that measures the gradient after each layer of untrained transformers.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";
import type { Normalization } from "../../../models/layers/residual.ts";
import { meanOverTokens } from "../../../models/objectives/mean_over_tokens.ts";
import { tokenCrossEntropy } from "../../../models/objectives/token_cross_entropy.ts";
import type { RunContext } from "../../core/context.ts";
import { fold } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { count, list } from "../../core/task/fields.ts";
import { type Flags, only } from "../../core/task/flags.ts";
import { padRows } from "../../text/parallel/buckets.ts";
import type { SentencePair } from "../../text/parallel/corpus.ts";
import { PAD, SOS } from "../../text/parallel/tokens.ts";
import { type LayerNorms, layerProbes } from "./layer_probes.ts";
import { type ManyCorpus, manySettings } from "./many_corpus.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import {
  sizesOf,
  type TransformerSettings,
  transformerSettings,
  transformerTranslator,
} from "../transformer_translator.ts";

/** Which untrained models to measure, as a run's config gives it. */
export interface InitialSettings {
  /** Layers of each stack. */
  readonly depths: readonly number[];
  /** Draws of the weights. */
  readonly initialSeeds: number;
}

/** Settings of `InitialSettings`, with their defaults and rules. */
export const initialSettings: Flags<InitialSettings> = {
  depths: list(
    [3, 12],
    count(3, "layers of each stack of the untrained models"),
    { least: 1, repeats: "refused", smoke: [2] },
  ),
  initialSeeds: count(3, "draws of the weights of each untrained model", {
    smoke: 1,
  }),
};

/** Lengths of gradients of one kind of untrained model, geometric means over draws. */
export interface InitialNorms extends LayerNorms {
  /** Where the layer norms stand. */
  readonly normalization: Normalization;
  /** Layers of each stack. */
  readonly layers: number;
}

/** Sentences of the batch that is measured. */
const BATCH = 16;

/**
 * Measures models with either place of the norms at each depth, on the first sentences of the first direction.
 *
 * @throws {RangeError} If that has none.
 */
export const measureInitialNorms: Stage<
  & Partial<
    & InitialSettings
    & Omit<TransformerSettings, "normalization" | "layers">
    & { readonly maxLength: number }
  >
  & { readonly many: ManyCorpus },
  { readonly initialNorms: readonly InitialNorms[] }
> = stage("initial-norms", {
  needs: ["many"],
  settings: {
    ...initialSettings,
    ...only(transformerSettings, "width", "heads", "feedForward"),
    ...only(manySettings, "maxLength"),
  },
  adds: { initialNorms: "lengths of gradients by layer" },
}, async ({ many, depths, initialSeeds, ...sizes }, context) => {
  const pairs = many.pairs("train", many.directions[0]!).slice(0, BATCH); // there is one
  if (pairs.length === 0) {
    throw new RangeError(
      "Expected training sentences to measure gradients on but found none",
    );
  }
  const initialNorms: InitialNorms[] = [];
  for (const normalization of ["pre", "post"] as const) {
    for (const layers of depths) {
      const seeds: LayerNorms[] = [];
      for (let seed = 0; seed < initialSeeds; seed++) {
        context.signal.throwIfAborted();
        const settings = { ...sizes, normalization, layers };
        seeds.push(await measureOne(many, pairs, settings, seed, context));
      }
      const mean = (stack: "encoder" | "decoder") =>
        seeds[0]![stack].map((_, i) =>
          // at least one
          Math.exp(
            seeds.reduce((sum, one) => sum + Math.log(one[stack][i]!), 0) / // all are as deep
              seeds.length,
          )
        );
      const norms = { encoder: mean("encoder"), decoder: mean("decoder") };
      initialNorms.push({ normalization, layers, ...norms });
    }
  }
  return { initialNorms };
});

async function measureOne(
  many: ManyCorpus,
  pairs: readonly SentencePair[],
  settings: TransformerSettings & { readonly maxLength: number },
  seed: number,
  { key, device, threads }: RunContext,
): Promise<LayerNorms> {
  const name = `${settings.normalization}, ${settings.layers} layers, ${seed}`;
  using translator = transformerTranslator(
    sizesOf(many, settings),
    Object.values(many.tags),
    sampleParameter(fold(key, name)),
  );
  const { model, options } = translator;
  const { maxLength: size, layers } = settings;
  const shape = [BATCH, size, options.width] as const;
  const ids = { shape: [BATCH, size], dtype: "int32" } as const;
  using step = await compile(({ source, before, goal }) => {
    const probes = layerProbes(layers, shape);
    const { gradients } = valueAndGradients(() => {
      const isToken = source.notEqual(PAD).cast("float32") as tf.Tensor2D; // a matrix
      const memory = model.encode(source, isToken, { probes: probes.reading });
      const { next } = model.decode(before, memory, { probes: probes.writing });
      const isGoal = goal.notEqual(PAD).cast("float32").as1D();
      const rows = next.logits.as2D(BATCH * size, options.vocabulary.target);
      return meanOverTokens(tokenCrossEntropy(rows, goal.as1D()), isGoal);
    }, probes.byName);
    return { ...probes.norms(gradients) };
  }, { inputs: { source: ids, before: ids, goal: ids }, device, threads });
  const befores = pairs.map(({ target }) => [SOS, ...target.slice(0, -1)]);
  const { encoder, decoder } = await step.run({
    source: padRows(pairs.map(({ source }) => source), BATCH, size),
    before: padRows(befores, BATCH, size),
    goal: padRows(pairs.map(({ target }) => target), BATCH, size),
  });
  return { encoder: [...encoder.data], decoder: [...decoder.data] };
}
