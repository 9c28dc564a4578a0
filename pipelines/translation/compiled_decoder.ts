/**
 * A translator compiled for decoding: its encoder for each size of the source, and a step of its decoder.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import type { InputSpecs } from "../../compile/types.ts";
import type { StepwiseTranslator } from "../../models/decoding/stepwise_translator.ts";
import type { RunContext } from "../core/context.ts";
import { EOS, PAD, SOS, UNK } from "../text/parallel/tokens.ts";
import type {
  KeepSequences,
  KeptSequences,
  NamedArrays,
} from "./kept_sequences.ts";

/** Added to the log probability of a token that must not be written. */
const FORBIDDEN = -1e9;

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

/** A compiled encoder. */
export interface CompiledEncoder extends Disposable {
  /** Reads source sentences, int32, [batch, size]; gives what steps see of them, and what they begin with. */
  readonly encode: (source: Int32Array) => Promise<NamedArrays>;
}

/** A compiled step. */
export interface CompiledStep extends Disposable {
  /** Reads a token of each sequence. */
  readonly step: (feeds: StepFeeds) => Promise<DecoderStep>;
}

type Place = Pick<RunContext, "device" | "threads">;

async function compileEncoder(
  { stepwise }: Decodable,
  { batch, size }: Pick<DecoderOptions, "batch" | "size">,
  place: Place,
): Promise<CompiledEncoder> {
  const encoder = await compile(({ source }) => {
    const isToken = source.notEqual(PAD).cast("float32") as tf.Tensor2D; // a matrix
    const { source: seen, first } = stepwise.encode(source, isToken);
    return { ...seen, ...first };
  }, {
    inputs: { source: { shape: [batch, size], dtype: "int32" } },
    ...place,
  });
  return {
    encode: async (source) => {
      const read = Object.entries(await encoder.run({ source }));
      return Object.fromEntries(read.map(([name, { data }]) => [name, data]));
    },
    [Symbol.dispose]: () => encoder.dispose(),
  };
}

async function compileStep(
  { stepwise, source, vocabulary, ...model }: Decodable,
  { batch, beams, size, likeliest, end }: DecoderOptions,
  kept: InputSpecs,
  { device, threads }: Place,
): Promise<CompiledStep> {
  const rows = batch * beams;
  const barred = new Float32Array(vocabulary);
  for (const id of [PAD, SOS, UNK, ...model.barred]) barred[id] = FORBIDDEN;
  if (end === "forbidden") barred[EOS] = FORBIDDEN;

  const read = (tensors: Readonly<Record<string, tf.Tensor>>) => {
    const { token, goal, barred, ...told } = tensors;
    const { logits, made, weights } = stepwise.step(token as tf.Tensor2D, told); // an input of rank 2
    const logProbs = tf.logSoftmax(logits.reshape([rows, vocabulary]));
    if (barred) {
      const { values, indices } = tf.topk(logProbs.add(barred), likeliest);
      return { ...made, logProbs: values, tokens: indices };
    }
    const at = tf.range(0, rows * vocabulary, vocabulary, "int32");
    const surprisal = tf.gather(logProbs.as1D(), at.add(goal!.as1D())).neg(); // an input
    return { ...made, surprisal, ...weights && { weights } };
  };
  const ids = { shape: [batch, beams], dtype: "int32" } as const;
  const seen = Object.entries(source(size)).map(([name, shape]) =>
    [name, { shape: [batch, ...shape] }] as const
  );
  const writes = likeliest > 0;
  const step = await compile(read, {
    inputs: {
      token: ids,
      ...!writes && { goal: ids },
      ...Object.fromEntries(seen),
      ...kept,
    },
    tables: writes ? { barred: { data: barred, shape: [vocabulary] } } : {},
    outputs: writes ? { tokens: "int32" } : {},
    device,
    threads,
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
      return {
        made: made as NamedArrays, // all but tokens are float32
        logProbs: (logProbs ?? none) as Float32Array,
        tokens: (tokens ?? new Int32Array(0)) as Int32Array,
        surprisal: (surprisal ?? none) as Float32Array,
        weights: (weights ?? none) as Float32Array,
      };
    },
    [Symbol.dispose]: () => step.dispose(),
  };
}

/** A translator's compiled parts, each compiled when it is first needed; they follow the newest weights. */
export interface DecoderPool extends Disposable {
  /** The model. */
  readonly translator: Decodable;
  /** The encoder of some sentences at once. */
  readonly encoder: (
    sizes: Pick<DecoderOptions, "batch" | "size">,
  ) => Promise<CompiledEncoder>;
  /** The step for some options, and for the room that is kept now. */
  readonly step: (
    options: DecoderOptions,
    kept: KeptSequences,
  ) => Promise<CompiledStep>;
  /** Aborts what is under way. */
  readonly signal: AbortSignal;
}

/**
 * Makes a pool of decoders.
 *
 * @param translator The model.
 * @param context Of the stage that decodes.
 * @returns The pool; dispose it after use.
 */
export function decoderPool(
  translator: Decodable,
  { device, threads, signal }: Pick<
    RunContext,
    "device" | "threads" | "signal"
  >,
): DecoderPool {
  const encoders = new Map<string, CompiledEncoder>();
  const steps = new Map<string, CompiledStep>();
  const place = { device, threads };
  return {
    translator,
    signal,
    encoder: (sizes) =>
      known(
        encoders,
        [sizes.batch, sizes.size],
        () => compileEncoder(translator, sizes, place),
      ),
    step: (options, kept) => {
      const { batch, beams, size, likeliest, end } = options;
      const name = [batch, beams, size, likeliest, end, kept.room];
      return known(
        steps,
        name,
        () => compileStep(translator, options, kept.specs, place),
      );
    },
    [Symbol.dispose]: () => {
      for (const one of [...encoders.values(), ...steps.values()]) {
        one[Symbol.dispose]();
      }
    },
  };
}

async function known<T>(
  made: Map<string, T>,
  parts: readonly (number | string)[],
  make: () => Promise<T>,
): Promise<T> {
  const name = parts.join();
  const found = made.get(name) ?? await make();
  made.set(name, found);
  return found;
}
