/**
 * The stage that trains and measures a transformer on some directions.
 * @module
 */
import { adam } from "../../../models/optimizers/adam.ts";
import type { RunContext } from "../../core/context.ts";
import { fold } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { count, real } from "../../core/task/fields.ts";
import { type Flags, only, withDefaults } from "../../core/task/flags.ts";
import { bucketBatches, chooseSizes } from "../../text/parallel/buckets.ts";
import { train } from "../../training/fit.ts";
import {
  learningRateAt,
  type Schedule,
  schedule,
} from "../../training/learning_rate.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import { decoderPool } from "../compiled_decoder.ts";
import { readTargets, tokenLoss } from "../read_targets.ts";
import { tokensPerWord } from "../stored_translator.ts";
import { encodeTransformer } from "../transformer_file.ts";
import { TRANSLATOR_FILE } from "../translator_file.ts";
import {
  directionName,
  type LanguageDirection,
  type ManyCorpus,
  manySettings,
} from "./many_corpus.ts";
import { type DirectionMeasures, measureDirections } from "./measure_many.ts";
import {
  transformerSteps,
  type TransformerUpdateSettings,
} from "./transformer_step.ts";
import {
  sizesOf,
  type TransformerSettings,
  transformerSettings,
  transformerTranslator,
} from "../transformer_translator.ts";

/** How to train, as a run's config gives it. */
export interface ManyTraining extends Schedule, TransformerUpdateSettings {
  /** Compiled sizes, to which sentences are padded. */
  readonly buckets: number;
  /** Weight updates averaged in one record. */
  readonly recordEvery: number;
  /** Weight updates between two validations. */
  readonly validateEvery: number;
}

/** Settings of `ManyTraining`, with their defaults and rules. */
export const manyTraining: Flags<ManyTraining> = {
  ...withDefaults(
    only(schedule, "steps", "learningRate", "warmUp", "decay"),
    { steps: 1500, learningRate: 3e-3, warmUp: 400, decay: "inverse-root" },
  ),
  batch: count(128, "sentence pairs in a weight update", { smoke: 12 }),
  buckets: count(5, "compiled sizes, to which sentences are padded", {
    max: 12,
    smoke: 1,
  }),
  dropout: real(0.1, "probability that a number is left out", {
    min: 0,
    max: 0.95,
  }),
  smoothing: real(0.1, "share of a label that is spread over all tokens", {
    min: 0,
    max: 0.95,
  }),
  clip: real(1, "greatest length of the gradient; 0: any", { min: 0 }),
  recordEvery: count(20, "weight updates averaged in one record", { smoke: 5 }),
  validateEvery: count(300, "weight updates between two validations", {
    smoke: 20,
  }),
};

/** What a transformer learned, and how it translates. */
export interface ManyMeasures {
  /** Scores of each direction, learned or not. */
  readonly directions: readonly DirectionMeasures[];
  /** Nats per token on the validation sentences of all directions that are learned, by weight update. */
  readonly history: readonly {
    readonly step: number;
    readonly losses: Readonly<Record<string, number>>;
  }[];
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
  const history = await fit(translator, many, learned, settings, context);
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

async function fit(
  translator: ReturnType<typeof transformerTranslator>,
  many: ManyCorpus,
  learned: readonly LanguageDirection[],
  settings: ManyTraining,
  context: RunContext,
): Promise<ManyMeasures["history"]> {
  const { batch, buckets, steps } = settings;
  const pairs = learned.flatMap((direction) => many.pairs("train", direction));
  const lengths = pairs.map(({ source, target }) =>
    Math.max(source.length, target.length)
  );
  const sizes = chooseSizes(lengths, buckets);
  const order = fold(context.key, "order");
  const batches = bucketBatches(lengths, { sizes, batch }, order);
  const { variables } = translator.model;
  using optimizer = adam(variables, { beta2: 0.98, epsilon: 1e-9 });
  using pool = decoderPool(translator.decodable, context);
  using updates = transformerSteps(translator, optimizer, settings, context);
  const validation = learned.map((direction) => ({
    name: directionName(direction),
    pairs: many.pairs("validation", direction),
  }));
  const tokens = pairs.reduce((sum, { target }) => sum + target.length, 0);
  const training = await train({
    steps,
    stepsPerEpoch: batches.perEpoch,
    recordEvery: settings.recordEvery,
    items: { perStep: tokens / batches.perEpoch, unit: "target tokens" },
    weights: variables,
    slots: optimizer.slots,
    sync: updates.sync,
    update: async (first, count) => {
      let [nats, all, norms] = [0, 0, 0];
      for (let step = first; step < first + count; step++) {
        context.signal.throwIfAborted();
        const { size, items } = batches.at(step);
        const chosen = Array.from(items, (i) => pairs[i]!); // indices of pairs
        const rate = learningRateAt(step, settings);
        const key = fold(fold(context.key, "noise"), step);
        const { loss, tokens, norm } = await updates.run(
          size,
          chosen,
          rate,
          key,
        );
        nats += loss * tokens;
        all += tokens;
        norms += norm;
      }
      return { "train/loss": nats / all, "gradient/norm": norms / count };
    },
    validateEvery: settings.validateEvery,
    validate: async () => {
      const losses: [string, number][] = [];
      let [nats, all] = [0, 0];
      for (const { name, pairs } of validation) {
        const { loss, tokens } = tokenLoss(await readTargets(pool, pairs));
        losses.push([`validation/${name}`, loss]);
        nats += loss * tokens;
        all += tokens;
      }
      return { "validation/loss": nats / all, ...Object.fromEntries(losses) };
    },
    best: "validation/loss",
    bestIs: "lowest",
    shown: ["train/loss"],
    patience: 0,
    snapshotSteps: [],
  }, context);
  return training.history.flatMap(({ step, values }) => {
    if (values["validation/loss"] === undefined) return [];
    const losses = validation.map(({ name }) =>
      [name, values[`validation/${name}`]!] as const // recorded above
    );
    return [{ step, losses: Object.fromEntries(losses) }];
  });
}
