/**
 * Weight updates of a transformer that translates, compiled for each size of its batches.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import { lossAndGradients } from "../../../models/gradients/loss_and_gradients.ts";
import { meanOverTokens } from "../../../models/objectives/mean_over_tokens.ts";
import { tokenCrossEntropy } from "../../../models/objectives/token_cross_entropy.ts";
import {
  clipByGlobalNorm,
  globalNorm,
} from "../../../models/optimizers/clip_by_global_norm.ts";
import type { Optimizer } from "../../../models/optimizers/optimizer.ts";
import type { RunContext } from "../../core/context.ts";
import type { Key } from "../../core/random/key.ts";
import { uniform } from "../../core/random/uniform.ts";
import { padRows } from "../../text/parallel/buckets.ts";
import type { SentencePair } from "../../text/parallel/corpus.ts";
import { PAD, SOS } from "../../text/parallel/tokens.ts";
import { type LayerNorms, layerProbes } from "./layer_probes.ts";
import type { TransformerTranslator } from "../transformer_translator.ts";
import { stepsBySize } from "../steps_by_size.ts";

/** What an update measured, before the weights changed. */
export interface TransformerUpdate extends LayerNorms {
  /** With smoothed labels, nats per real token. */
  readonly loss: number;
  /** Real tokens. */
  readonly tokens: number;
  /** Length of the whole gradient, before clipping. */
  readonly norm: number;
}

/** How to update. */
export interface TransformerUpdateSettings {
  /** Sentence pairs of an update. */
  readonly batch: number;
  /** Probability that a number is left out. */
  readonly dropout: number;
  /** Share of the label that is spread over all tokens. */
  readonly smoothing: number;
  /** The greatest length of the gradient; 0: any. */
  readonly clip: number;
}

/** Compiled updates. */
export interface TransformerSteps extends Disposable {
  /** Does an update with at most a batch of sentences of at most `size` tokens. */
  readonly run: (
    size: number,
    pairs: readonly SentencePair[],
    learningRate: number,
    key: Key,
  ) => Promise<TransformerUpdate>;
  /** Brings the newest values into the variables. */
  readonly sync: () => Promise<void>;
}

/**
 * Makes the updates of a transformer's weights; each size is compiled when it is first met.
 *
 * @param translator The model.
 * @param optimizer Of its variables.
 * @param settings How to update.
 * @param context Of the stage that trains.
 * @returns The updates; dispose them after use.
 */
export function transformerSteps(
  translator: TransformerTranslator,
  optimizer: Optimizer,
  settings: TransformerUpdateSettings,
  context: RunContext,
): TransformerSteps {
  const steps = stepsBySize((size) =>
    compileUpdate(translator, optimizer, settings, size, context)
  );
  const { batch, dropout } = settings;
  const { layers, width } = translator.options;
  return {
    run: async (size, pairs, learningRate, key) => {
      const step = await steps.of(size);
      const before = pairs.map(({ target }) => [SOS, ...target.slice(0, -1)]);
      const places = dropout > 0 ? (2 + 5 * layers) * batch * size * width : 1;
      const { loss, tokens, norm, encoder, decoder } = await step.run({
        source: padRows(pairs.map(({ source }) => source), batch, size),
        before: padRows(before, batch, size),
        goal: padRows(pairs.map(({ target }) => target), batch, size),
        learningRate,
        noise: uniform(key, places),
      });
      return {
        loss: loss.data[0]!, // scalars
        tokens: tokens.data[0]!,
        norm: norm.data[0]!,
        encoder: [...encoder.data],
        decoder: [...decoder.data],
      };
    },
    sync: steps.sync,
    [Symbol.dispose]: steps[Symbol.dispose],
  };
}

function compileUpdate(
  { model, options }: TransformerTranslator,
  optimizer: Optimizer,
  { batch, dropout, smoothing, clip }: TransformerUpdateSettings,
  size: number,
  { device, threads }: RunContext,
) {
  const { layers, width, vocabulary } = options;
  const ids = { shape: [batch, size], dtype: "int32" } as const;
  const [reading, writing] = [1 + 2 * layers, 1 + 3 * layers]; // places of dropout
  return compile(({ source, before, goal, learningRate, noise }) => {
    const probes = layerProbes(layers, [batch, size, width]);
    const pass = (
      first: number,
      places: number,
      probes: readonly tf.Tensor[],
    ) => {
      if (dropout === 0) return { probes };
      const part = tf.slice(
        noise.reshape([reading + writing, batch, size, width]),
        [first, 0, 0, 0],
        [places, batch, size, width],
      );
      return { dropout: { rate: dropout, noise: part }, probes };
    };
    const { terms, gradients } = lossAndGradients(() => {
      const isToken = realOf(source);
      const toRead = pass(0, reading, probes.reading);
      const memory = model.encode(source, isToken, toRead);
      const toWrite = pass(reading, writing, probes.writing);
      const { next } = model.decode(before, memory, toWrite);
      const isGoal = realOf(goal).as1D();
      const rows = next.logits.as2D(batch * size, vocabulary.target);
      const entropy = tokenCrossEntropy(rows, goal.as1D(), {
        labelSmoothing: smoothing,
      });
      return { loss: meanOverTokens(entropy, isGoal), tokens: isGoal.sum() };
    }, { ...model.variables, ...probes.byName });
    const own = Object.fromEntries(
      Object.keys(model.variables).map((name) => [name, gradients[name]!]), // one for each
    );
    const clipped = clip > 0
      ? clipByGlobalNorm(own, clip)
      : { gradients: own, norm: globalNorm(own) };
    optimizer.apply(clipped.gradients, learningRate);
    return { ...terms, norm: clipped.norm, ...probes.norms(gradients) };
  }, {
    inputs: {
      source: ids,
      before: ids,
      goal: ids,
      learningRate: { shape: [] },
      noise: {
        shape: [
          dropout > 0 ? (reading + writing) * batch * size * width : 1,
        ],
      },
    },
    device,
    threads,
  });
}

function realOf(ids: tf.Tensor2D): tf.Tensor2D {
  return ids.notEqual(PAD).cast("float32");
}
