/**
 * The stage that trains a recurrent translator.
 * @module
 */
import { adam } from "../../models/optimizers/adam.ts";
import type { RunContext } from "../core/context.ts";
import { fold } from "../core/random/key.ts";
import { type Stage, stage } from "../core/stage.ts";
import { bucketBatches, chooseSizes } from "../text/parallel/buckets.ts";
import type { TranslationCorpus } from "../text/parallel/corpus.ts";
import { train, type Values } from "../training/fit.ts";
import { learningRateAt } from "../training/learning_rate.ts";
import type { Training } from "../training/training.ts";
import type { RecurrentTranslator } from "./build_seq2seq.ts";
import { decoderPool } from "../text/decoding/compiled_decoder.ts";
import { readTargets, tokenLoss } from "./read_targets.ts";
import { seq2seqSteps, type UpdateMeasurements } from "./seq2seq_step.ts";
import {
  type TranslationTraining,
  translationTraining,
} from "./translation_training.ts";

/** Trains on sentence pairs of similar lengths, and restores the weights with the least validation loss. */
export const trainTranslator: Stage<
  Partial<TranslationTraining> & {
    readonly translator: RecurrentTranslator;
    readonly corpus: TranslationCorpus;
  },
  { readonly training: Training }
> = stage("train", {
  needs: ["translator", "corpus"],
  settings: translationTraining,
  cached: true,
  adds: { training: "records, and the best weight update" },
}, async ({ translator, corpus, ...settings }, context) => {
  const training = await fitTranslator(translator, corpus, settings, context);
  return { training };
});

/**
 * Trains a translator.
 *
 * @param translator The model, which holds its best weights afterwards.
 * @param corpus What to learn from and to choose by.
 * @param settings How.
 * @param context Of the stage that trains.
 * @returns How it went.
 */
export async function fitTranslator(
  translator: RecurrentTranslator,
  corpus: TranslationCorpus,
  settings: TranslationTraining,
  context: RunContext,
): Promise<Training> {
  const { epochs, batch, buckets, recordEvery, validations } = settings;
  const lengths = corpus.train.map(({ source, target }) =>
    Math.max(source.length, target.length)
  );
  const sizes = chooseSizes(lengths, buckets);
  context.describe({ buckets: sizes });
  const order = fold(context.key, "order");
  const batches = bucketBatches(lengths, { sizes, batch }, order);
  const steps = Math.max(1, Math.round(epochs * batches.perEpoch));
  const { variables } = translator.model;
  using optimizer = adam(variables);
  using pool = decoderPool(translator.decodable, context);
  using updates = seq2seqSteps(translator, optimizer, settings, context);
  const tokens = corpus.train.reduce(
    (sum, { target }) => sum + target.length,
    0,
  );
  return await train({
    steps,
    stepsPerEpoch: batches.perEpoch,
    recordEvery,
    items: { perStep: tokens / batches.perEpoch, unit: "target tokens" },
    weights: variables,
    slots: optimizer.slots,
    sync: updates.sync,
    update: async (first, count) => {
      const measured: UpdateMeasurements[] = [];
      for (let step = first; step < first + count; step++) {
        const { size, items } = batches.at(step);
        const pairs = Array.from(items, (i) => corpus.train[i]!); // indices of pairs
        const rate = learningRateAt(step, { ...settings, steps });
        const key = fold(fold(context.key, "noise"), step);
        measured.push(await updates.run(size, pairs, rate, key));
      }
      return valuesOf(measured);
    },
    validateEvery: Math.max(1, Math.ceil(batches.perEpoch / validations)),
    validate: async () => {
      const read = await readTargets(pool, corpus.validation);
      const { loss } = tokenLoss(read);
      return {
        "validation/loss": loss,
        "validation/perplexity": Math.exp(loss),
      };
    },
    best: "validation/loss",
    bestIs: "lowest",
    shown: ["train/loss"],
    patience: 0,
    snapshotSteps: [],
  }, context);
}

/** Means over updates: of the loss over tokens. */
function valuesOf(measured: readonly UpdateMeasurements[]): Values {
  const tokens = measured.reduce((sum, one) => sum + one.tokens, 0);
  const nats = measured.reduce((sum, one) => sum + one.loss * one.tokens, 0);
  const mean = (name: keyof UpdateMeasurements) =>
    measured.reduce((sum, one) => sum + one[name], 0) / measured.length;
  return {
    "train/loss": nats / tokens,
    "gradient/norm": mean("norm"),
    "saturated/start": mean("saturatedStart"),
    "saturated/states": mean("saturatedStates"),
  };
}
