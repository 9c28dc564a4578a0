/**
 * Weight updates of a recurrent translator, compiled for each size of its batches.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import { lossAndGradients } from "../../models/gradients/loss_and_gradients.ts";
import { meanOverTokens } from "../../models/objectives/mean_over_tokens.ts";
import { tokenCrossEntropy } from "../../models/objectives/token_cross_entropy.ts";
import {
  clipByGlobalNorm,
  globalNorm,
} from "../../models/optimizers/clip_by_global_norm.ts";
import type { Optimizer } from "../../models/optimizers/optimizer.ts";
import type { RunContext } from "../core/context.ts";
import { fold, type Key } from "../core/random/key.ts";
import { uniform } from "../core/random/uniform.ts";
import { padRows } from "../text/parallel/buckets.ts";
import type { SentencePair } from "../text/parallel/corpus.ts";
import { PAD, SOS } from "../text/parallel/tokens.ts";
import type { RecurrentTranslator } from "./build_seq2seq.ts";
import type { TranslationTraining } from "./translation_training.ts";
import { stepsBySize } from "./steps_by_size.ts";

/** A unit is saturated where its gradient is below 4 % of the greatest. */
const SATURATED = 0.98;

/** What an update measured, before the weights changed. */
export interface UpdateMeasurements {
  /** Nats per real token. */
  readonly loss: number;
  /** Real tokens. */
  readonly tokens: number;
  /** Length of the whole gradient, before clipping. */
  readonly norm: number;
  /** Share of the numbers of the decoder's first state beyond 0.98. */
  readonly saturatedStart: number;
  /** Share of the numbers of its later states, at real tokens. */
  readonly saturatedStates: number;
}

/** Compiled updates. */
export interface Seq2SeqSteps extends Disposable {
  /**
   * Does an update.
   *
   * @param size Tokens of a row.
   * @param pairs At most a batch of sentences, of at most that many tokens.
   * @param learningRate Of this update.
   * @param key Decides dropout and coins.
   */
  readonly run: (
    size: number,
    pairs: readonly SentencePair[],
    learningRate: number,
    key: Key,
  ) => Promise<UpdateMeasurements>;
  /** Brings the newest values into the variables. */
  readonly sync: () => Promise<void>;
}

type Settings = Pick<
  TranslationTraining,
  "batch" | "dropout" | "forcing" | "clip"
>;

/**
 * Makes the updates of a translator's weights; each size is compiled when it is first met.
 *
 * @param translator The model.
 * @param optimizer Of the model's variables.
 * @param settings How to update.
 * @param context Of the stage that trains.
 * @returns The updates; dispose them after use.
 */
export function seq2seqSteps(
  translator: RecurrentTranslator,
  optimizer: Optimizer,
  settings: Settings,
  context: RunContext,
): Seq2SeqSteps {
  const { batch } = settings;
  const steps = stepsBySize((size) =>
    compileUpdate(translator, optimizer, settings, size, context)
  );
  return {
    run: async (size, pairs, learningRate, key) => {
      const step = await steps.of(size);
      const befores = pairs.map(({ target }) => [SOS, ...target.slice(0, -1)]);
      const measured = await step.run({
        source: padRows(pairs.map(({ source }) => source), batch, size),
        before: padRows(befores, batch, size),
        goal: padRows(pairs.map(({ target }) => target), batch, size),
        learningRate,
        ...noiseOf(translator, settings, size, key),
      });
      const numbers = Object.entries(measured)
        .map(([name, { data }]) => [name, data[0]!] as const); // scalars
      return Object.fromEntries(numbers) as unknown as UpdateMeasurements; // as the update names them
    },
    sync: steps.sync,
    [Symbol.dispose]: steps[Symbol.dispose],
  };
}

function compileUpdate(
  { model, sizes }: RecurrentTranslator,
  optimizer: Optimizer,
  { batch, dropout, forcing, clip }: Settings,
  size: number,
  { device, threads }: RunContext,
) {
  const wide = { shape: [batch, size, sizes.embedding] } as const;
  const memory = { shape: [batch, size, 2 * sizes.units] } as const;
  const ids = { shape: [batch, size], dtype: "int32" } as const;
  const update = (
    { source, before, goal, learningRate, coins, ...noise }: {
      readonly source: tf.Tensor2D;
      readonly before: tf.Tensor2D;
      readonly goal: tf.Tensor2D;
      readonly learningRate: tf.Scalar;
      readonly coins: tf.Tensor;
      readonly sourceNoise: tf.Tensor;
      readonly memoryNoise: tf.Tensor;
      readonly targetNoise: tf.Tensor;
      readonly readoutNoise: tf.Tensor;
    },
  ) => {
    const { terms, gradients } = lossAndGradients(() => {
      const noises = dropout > 0
        ? {
          rate: dropout,
          source: noise.sourceNoise,
          memory: noise.memoryNoise,
          target: noise.targetNoise,
          readout: noise.readoutNoise,
        }
        : undefined;
      const encoded = model.encode(source, realOf(source), noises);
      const { logits, states } = model.teach(before, encoded, {
        ...noises && { noise: noises },
        forcing: { rate: forcing, coins },
      });
      const isToken = realOf(goal);
      const rows = logits.as2D(batch * size, sizes.vocabulary.target);
      const entropy = tokenCrossEntropy(rows, goal.as1D());
      return {
        loss: meanOverTokens(entropy, isToken.as1D()),
        tokens: isToken.sum(),
        saturatedStart: shareOf(encoded.state, realOf(source).max(1)),
        saturatedStates: shareOf(
          states.reshape([batch * size, sizes.units]),
          isToken.as1D(),
        ),
      };
    }, model.variables);
    const clipped = clip > 0
      ? clipByGlobalNorm(gradients, clip)
      : { gradients, norm: globalNorm(gradients) };
    optimizer.apply(clipped.gradients, learningRate);
    return { ...terms, norm: clipped.norm };
  };
  const off = { shape: [1] } as const; // an input that nothing reads
  return compile(update, {
    inputs: {
      source: ids,
      before: ids,
      goal: ids,
      learningRate: { shape: [] },
      coins: forcing < 1 ? { shape: [batch, size] } : { shape: [1, 1] },
      sourceNoise: dropout > 0 ? wide : off,
      memoryNoise: dropout > 0 ? memory : off,
      targetNoise: dropout > 0 ? wide : off,
      readoutNoise: dropout > 0 ? wide : off,
    },
    device,
    threads,
  });
}

/** One for tokens and zero for padding. */
function realOf(ids: tf.Tensor2D): tf.Tensor2D {
  return ids.notEqual(PAD).cast("float32");
}

/** The share of saturated numbers in the rows that count. */
function shareOf(x: tf.Tensor, counts: tf.Tensor): tf.Tensor {
  const isSaturated = x.abs().greater(SATURATED).cast("float32").mean(1);
  return isSaturated.mul(counts).sum().div(counts.sum());
}

function noiseOf(
  { sizes }: RecurrentTranslator,
  { batch, dropout, forcing }: Settings,
  size: number,
  key: Key,
) {
  const draw = (name: string, width: number, isUsed: boolean) =>
    isUsed
      ? uniform(fold(key, name), batch * size * width)
      : new Float32Array(1);
  const { embedding, units } = sizes;
  return {
    coins: draw("coins", 1, forcing < 1),
    sourceNoise: draw("source", embedding, dropout > 0),
    memoryNoise: draw("memory", 2 * units, dropout > 0),
    targetNoise: draw("target", embedding, dropout > 0),
    readoutNoise: draw("readout", embedding, dropout > 0),
  };
}
