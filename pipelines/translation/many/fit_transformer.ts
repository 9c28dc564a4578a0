/**
 * The training of a transformer that translates.
 * @module
 */
import { adam } from "../../../models/optimizers/adam.ts";
import type { RunContext } from "../../core/context.ts";
import { fold } from "../../core/random/key.ts";
import { count, real } from "../../core/task/fields.ts";
import { type Flags, only, withDefaults } from "../../core/task/flags.ts";
import { bucketBatches, chooseSizes } from "../../text/parallel/buckets.ts";
import type { SentencePair } from "../../text/parallel/corpus.ts";
import { train } from "../../training/fit.ts";
import {
  learningRateAt,
  type Schedule,
  schedule,
} from "../../training/learning_rate.ts";
import { decoderPool } from "../../text/decoding/compiled_decoder.ts";
import { readTargets, tokenLoss } from "../read_targets.ts";
import type { TransformerTranslator } from "../transformer_translator.ts";
import type { LayerNorms } from "./layer_probes.ts";
import {
  transformerSteps,
  type TransformerUpdate,
  type TransformerUpdateSettings,
} from "./transformer_step.ts";

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
    { steps: 1250, learningRate: 3e-3, warmUp: 400, decay: "inverse-root" },
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

/** Gradients after each layer, means over the updates of a record. */
export interface NormMoment extends LayerNorms {
  /** Weight updates so far. */
  readonly step: number;
  /** With smoothed labels, nats per token. */
  readonly loss: number;
}

/** How a training went. */
export interface TransformerHistory {
  /** Nats per token on the validation sentences of each name, by weight update. */
  readonly history: readonly {
    readonly step: number;
    readonly losses: Readonly<Record<string, number>>;
  }[];
  /** Gradients after each layer, by weight update. */
  readonly moments: readonly NormMoment[];
}

/** What a transformer is trained and chosen by. */
export interface TransformerSentences {
  /** To learn from. */
  readonly pairs: readonly SentencePair[];
  /** To choose the weights by; where there are none, the last weights stay. */
  readonly validation: readonly {
    readonly name: string;
    readonly pairs: readonly SentencePair[];
  }[];
}

/**
 * Trains a transformer with Adam (0.9, 0.98).
 *
 * @param translator The model, which holds its best weights afterwards.
 * @param settings How.
 * @param sentences What to learn from and to choose by.
 * @param context Of the stage that trains.
 * @returns How it went.
 */
export async function fitTransformer(
  translator: TransformerTranslator,
  settings: ManyTraining,
  { pairs, validation }: TransformerSentences,
  context: RunContext,
): Promise<TransformerHistory> {
  const { batch, buckets, steps } = settings;
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
  const tokens = pairs.reduce((sum, { target }) => sum + target.length, 0);
  const { history } = await train({
    steps,
    stepsPerEpoch: batches.perEpoch,
    recordEvery: settings.recordEvery,
    items: { perStep: tokens / batches.perEpoch, unit: "target tokens" },
    weights: variables,
    slots: optimizer.slots,
    sync: updates.sync,
    update: async (first, count) => {
      const measured: TransformerUpdate[] = [];
      for (let step = first; step < first + count; step++) {
        const { size, items } = batches.at(step);
        const chosen = Array.from(items, (i) => pairs[i]!); // indices of pairs
        const rate = learningRateAt(step, settings);
        const key = fold(fold(context.key, "noise"), step);
        measured.push(await updates.run(size, chosen, rate, key));
      }
      return valuesOf(measured);
    },
    validateEvery: settings.validateEvery,
    validate: async () => {
      if (validation.length === 0) return {};
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
    ...validation.length > 0 && { best: "validation/loss" },
    bestIs: "lowest",
    shown: ["train/loss"],
    patience: 0,
    snapshotSteps: [],
  }, context);
  const { layers } = translator.options;
  return {
    history: history.flatMap(({ step, values }) => {
      if (values["validation/loss"] === undefined) return [];
      const losses = validation.map(({ name }) =>
        [name, values[`validation/${name}`]!] as const // recorded above
      );
      return [{ step, losses: Object.fromEntries(losses) }];
    }),
    moments: history.flatMap(({ step, values }) => {
      const loss = values["train/loss"];
      if (loss === undefined) return [];
      const read = (stack: keyof LayerNorms) =>
        Array.from({ length: layers }, (_, i) => values[nameOf(stack, i)]!); // recorded with it
      return [{
        ...{ step, loss },
        encoder: read("encoder"),
        decoder: read("decoder"),
      }];
    }),
  };
}

/** Means over updates: of the loss over tokens. */
function valuesOf(
  measured: readonly TransformerUpdate[],
): Readonly<Record<string, number>> {
  const sum = (number: (update: TransformerUpdate) => number) =>
    measured.reduce((total, one) => total + number(one), 0);
  const layers = (stack: keyof LayerNorms) =>
    measured[0]![stack].map((_, i) =>
      // at least one update
      [
        nameOf(stack, i),
        sum((one) => one[stack][i]!) / measured.length, // as many layers in each
      ] as const
    );
  return {
    "train/loss": sum(({ loss, tokens }) => loss * tokens) /
      sum(({ tokens }) => tokens),
    "gradient/norm": sum(({ norm }) => norm) / measured.length,
    ...Object.fromEntries([...layers("encoder"), ...layers("decoder")]),
  };
}

/** The name of a gradient in records; layers count from 1. */
function nameOf(stack: keyof LayerNorms, layer: number): string {
  return `gradient/${stack}/${layer + 1}`;
}
