/**
 * Writes texts with a sequence model, character by character.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import { nextToken } from "../../models/sampling/next_token.ts";
import type { RunContext } from "../core/context.ts";
import { fold, type Key } from "../core/random/key.ts";
import { uniform } from "../core/random/uniform.ts";
import type { SequenceModel } from "../text/sequence_model.ts";

/** How freely to write, as a run's config gives it. */
export interface WritingChoice {
  /** Below one prefers likely characters, above one evens them out. */
  readonly temperature: number;
  /** How many of the likeliest characters may be written; 0: all. */
  readonly topK: number;
}

/** Writes with a model's newest weights. */
export interface Writer extends Disposable {
  /**
   * Writes texts side by side.
   *
   * @param sources What a model that translates reads, [text, context]; else anything of that size.
   * @param length Characters to write of each.
   * @param key Decides the characters.
   * @returns Indices of characters, each [length].
   */
  readonly write: (
    sources: Int32Array,
    length: number,
    key: Key,
  ) => Promise<readonly Int32Array[]>;
}

/**
 * Compiles the writing of texts.
 *
 * A text that is longer than the context is continued from its last characters.
 *
 * @param model The model.
 * @param texts How many are written side by side.
 * @param choice How freely.
 * @param context Of the stage that writes.
 * @returns The writer; dispose it after use.
 */
export async function writer(
  model: SequenceModel,
  texts: number,
  { temperature, topK }: WritingChoice,
  { device, threads, signal }: Pick<
    RunContext,
    "device" | "threads" | "signal"
  >,
): Promise<Writer> {
  const { context } = model;
  const tokens = model.vocabulary.length;
  const most = Math.min(topK, tokens);
  const step = await compile(({ source, before, isLast, noise }) => {
    const { next } = model.predict({ source, before });
    const logits = next.logits.mul(isLast.reshape([1, context, 1])).sum(1)
      .slice([0, 0], [texts, tokens]); // not the token that begins a translation
    const options = { temperature, ...most > 0 && { topK: most } };
    return { token: nextToken(logits as tf.Tensor2D, noise, options) }; // summed over positions
  }, {
    inputs: {
      source: { shape: [texts, context], dtype: "int32" },
      before: { shape: [texts, context], dtype: "int32" },
      isLast: { shape: [context] },
      noise: { shape: [texts] },
    },
    outputs: { token: "int32" },
    device,
    threads,
  });
  return {
    write: async (source, length, key) => {
      const written = Array.from({ length: texts }, () => [model.begin]);
      for (let i = 0; i < length; i++) {
        signal.throwIfAborted();
        const before = new Int32Array(texts * context);
        written.forEach((text, j) => {
          before.set(text.slice(-context), j * context);
        });
        const isLast = new Float32Array(context);
        isLast[Math.min(i, context - 1)] = 1;
        const noise = uniform(fold(key, i), texts);
        const { token } = await step.run({ source, before, isLast, noise });
        written.forEach((text, j) => text.push(token.data[j]!)); // one for each text
      }
      return written.map((text) => Int32Array.from(text.slice(1)));
    },
    [Symbol.dispose]: () => step.dispose(),
  };
}
