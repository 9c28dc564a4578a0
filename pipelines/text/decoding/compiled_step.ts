/**
 * One token of every sequence: a step of a translator's decoder, compiled.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import type { InputSpecs } from "../../../compile/types.ts";
import type { StepwiseTranslator } from "../../../models/decoding/stepwise_translator.ts";
import type { RunContext } from "../../core/context.ts";
import { EOS, PAD, SOS, UNK } from "../parallel/tokens.ts";
import type { KeepSequences, NamedArrays } from "./kept_sequences.ts";

/** A model that can be decoded, whatever it is made of. */
export interface Decodable {
  /** The model, token by token. */
  readonly stepwise: StepwiseTranslator;
  /** Shapes of what steps see of a source sentence, for a number of tokens. */
  readonly source: (
    size: number,
  ) => Readonly<Record<string, readonly number[]>>;
  /** What is kept of sequences in progress. */
  readonly keep: KeepSequences;
  /** Tokens that there are. */
  readonly vocabulary: number;
  /** Tokens that must never be written, beside padding, beginning and unknown ones. */
  readonly barred: readonly number[];
  /** The most tokens that it can write. */
  readonly longest: number;
}

/** What a decoder is compiled for. */
export interface DecoderOptions {
  /** Sentences side by side. */
  readonly batch: number;
  /** Sequences that run on each sentence. */
  readonly beams: number;
  /** Tokens of a source row. */
  readonly size: number;
  /** Likeliest tokens to tell of each sequence; 0 to tell how likely a given token is, and where attention looks. */
  readonly likeliest: number;
  /** Whether the end may be written. */
  readonly end: "allowed" | "forbidden";
  /** Batches that are decoded side by side. */
  readonly lanes: number;
}

/** What the decoder says after a token. */
export interface DecoderStep {
  /** What later steps need of this one. */
  readonly made: NamedArrays;
  /** Log probabilities of the likeliest tokens that may be written, the highest first, [batch, beam, likeliest]. */
  readonly logProbs: Float32Array;
  /** These tokens, [batch, beam, likeliest]. */
  readonly tokens: Int32Array;
  /** -log p of the goal, in nats, [batch, beam]; empty where likeliest tokens are told. */
  readonly surprisal: Float32Array;
  /** How much each sequence looks at each source position, [batch, beam, size]; empty likewise, or without attention. */
  readonly weights: Float32Array;
}

/** What a step is fed. */
export interface StepFeeds {
  /** The token that each sequence reads, [batch, beam]. */
  readonly token: Int32Array;
  /** The token whose surprisal is told, [batch, beam], where no likeliest ones are. */
  readonly goal?: Int32Array;
  /** The source and what is kept of the sequences, by name. */
  readonly told: Readonly<Record<string, Float32Array | Int32Array>>;
}

/** A compiled step. */
export interface CompiledStep extends Disposable {
  /** Reads a token of each sequence. */
  readonly step: (feeds: StepFeeds) => Promise<DecoderStep>;
}

/**
 * Compiles a step of a translator's decoder, with its newest weights.
 *
 * @param translator The model.
 * @param options What for.
 * @param kept Shapes of what is kept of the sequences.
 * @param place Where to run.
 */
export async function compileStep(
  { stepwise, source, vocabulary, ...model }: Decodable,
  { batch, beams, size, likeliest, end, lanes }: DecoderOptions,
  kept: InputSpecs,
  { device, threads }: Pick<RunContext, "device" | "threads">,
): Promise<CompiledStep> {
  const rows = batch * beams;
  const barred = new Set([PAD, SOS, UNK, ...model.barred]);
  if (end === "forbidden") barred.add(EOS);
  const asked = Math.min(likeliest + barred.size, vocabulary); // as many as may be left out
  const isBarred = new Uint8Array(vocabulary); // read for each token of each row
  for (const token of barred) isBarred[token] = 1;

  const read = (
    tensors: Readonly<Record<string, tf.Tensor>>,
  ): Readonly<Record<string, tf.Tensor>> => {
    const { token, goal, ...known } = tensors;
    const said = stepwise.step(token as tf.Tensor2D, known); // an input of rank 2
    const logits = said.logits.reshape([rows, vocabulary]);
    if (likeliest > 0) {
      const { values, indices } = tf.topk(logits, asked);
      const most = tf.slice(values, [0, 0], [rows, 1]);
      // log of the sum of exp(logits), from the greatest one up
      const total = logits.sub(most).exp().sum(1, true).log().add(most);
      return { ...said.made, logProbs: values.sub(total), tokens: indices };
    }
    const logProbs = tf.logSoftmax(logits);
    const at = tf.range(0, rows * vocabulary, vocabulary, "int32");
    const surprisal = tf.gather(logProbs.as1D(), at.add(goal!.as1D())).neg(); // an input
    const { weights } = said;
    return { ...said.made, surprisal, ...weights && { weights } };
  };
  const ids = { shape: [batch, beams], dtype: "int32" } as const;
  const seen = Object.entries(source(size)).map(([name, shape]) =>
    [name, { shape: [batch, ...shape] }] as const
  );
  const writes = likeliest > 0;
  const types: Readonly<Record<string, "float32" | "int32">> = writes
    ? { tokens: "int32" }
    : {};
  const step = await compile(read, {
    inputs: {
      token: ids,
      ...!writes && { goal: ids },
      ...Object.fromEntries(seen),
      ...kept,
    },
    outputs: types,
    variables: "steady",
    device,
    threads,
    parallel: lanes > 1 ? "calls" : "operations",
  });
  const none = new Float32Array(0);
  return {
    step: async ({ token, goal, told }) => {
      // The names are those of the inputs, which depend on the model.
      const feeds = {
        token,
        ...!writes && { goal: goal ?? new Int32Array(rows) },
        ...told,
      } as unknown as Parameters<typeof step.run>[0];
      const said = Object.entries(await step.run(feeds))
        .map(([name, { data }]) => [name, data] as const);
      const { logProbs, tokens, surprisal, weights, ...made } = Object
        .fromEntries<Float32Array | Int32Array>(said);
      const likely = { rows, asked, likeliest, isBarred };
      return {
        made: made as NamedArrays, // all but tokens are float32
        ...allowed(
          (logProbs ?? none) as Float32Array,
          (tokens ?? new Int32Array(0)) as Int32Array,
          likely,
        ),
        surprisal: (surprisal ?? none) as Float32Array,
        weights: (weights ?? none) as Float32Array,
      };
    },
    [Symbol.dispose]: () => step.dispose(),
  };
}

/** Leaves out the tokens that must not be written; the last places stay impossible where there are too few others. */
function allowed(
  logProbs: Float32Array,
  tokens: Int32Array,
  { rows, asked, likeliest, isBarred }: {
    readonly rows: number;
    readonly asked: number;
    readonly likeliest: number;
    readonly isBarred: Uint8Array;
  },
): Pick<DecoderStep, "logProbs" | "tokens"> {
  const kept = {
    logProbs: new Float32Array(rows * likeliest).fill(-Infinity),
    tokens: new Int32Array(rows * likeliest),
  };
  for (let row = 0; row < rows && likeliest > 0; row++) {
    let to = row * likeliest;
    const end = to + likeliest;
    for (let i = row * asked; i < (row + 1) * asked && to < end; i++) {
      if (isBarred[tokens[i]!]) continue; // as many for each row
      kept.tokens[to] = tokens[i]!; // as above
      kept.logProbs[to++] = logProbs[i]!; // as above
    }
  }
  return kept;
}
