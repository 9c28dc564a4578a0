/**
 * A translator compiled for decoding: once for each size of the source, and then token by token.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import type {
  EncodedSource,
  StepwiseTranslator,
} from "../../models/recurrent/translator.ts";
import type { RunContext } from "../core/context.ts";
import { EOS, PAD, SOS, UNK } from "../text/parallel/tokens.ts";

/** Added to the log probability of a token that must not be written. */
const FORBIDDEN = -1e9;

/** A model that can be decoded, whatever it is made of. */
export interface Decodable {
  /** The model, token by token. */
  readonly stepwise: StepwiseTranslator;
  /** Numbers of a state, and of memory and keys at a source position; 0 keys where there are none. */
  readonly widths: {
    readonly state: number;
    readonly memory: number;
    readonly keys: number;
  };
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
  /** Likeliest tokens to tell of each sequence. */
  readonly likeliest: number;
  /** Whether the end may be written. */
  readonly end: "allowed" | "forbidden";
}

/** Source sentences and the first states of their sequences, outside of the graph. */
export interface DecoderStart {
  /** What the decoder looks at. */
  readonly encoded: Readonly<Record<string, Float32Array>>;
  /** [batch, beam, state] */
  readonly state: Float32Array<ArrayBuffer>;
}

/** What the decoder says after a token. */
export interface DecoderStep {
  /** [batch, beam, state] */
  readonly state: Float32Array<ArrayBuffer>;
  /** -log p of the goal, in nats, [batch, beam]. */
  readonly surprisal: Float32Array;
  /** Log probabilities of the likeliest tokens that may be written, the highest first, [batch, beam, likeliest]. */
  readonly logProbs: Float32Array;
  /** These tokens, [batch, beam, likeliest]. */
  readonly tokens: Int32Array;
  /** How much each sequence looks at each source position, [batch, beam, size]; empty without attention. */
  readonly weights: Float32Array;
}

/** A compiled decoder. */
export interface CompiledDecoder extends Disposable {
  /** Reads source sentences, int32, [batch, size]. */
  readonly encode: (source: Int32Array) => Promise<DecoderStart>;
  /** Reads a token of each sequence, [batch, beam], and tells how likely a goal is, [batch, beam]. */
  readonly step: (
    token: Int32Array,
    state: Float32Array<ArrayBuffer>,
    encoded: DecoderStart["encoded"],
    goal?: Int32Array,
  ) => Promise<DecoderStep>;
}

/**
 * Compiles a translator for decoding, with its newest weights.
 */
async function compileDecoder(
  { stepwise, widths, vocabulary: target, ...model }: Decodable,
  { batch, beams, size, likeliest, end }: DecoderOptions,
  { device, threads }: Pick<RunContext, "device" | "threads">,
): Promise<CompiledDecoder> {
  const rows = batch * beams;
  const barred = new Float32Array(target);
  for (const id of [PAD, SOS, UNK, ...model.barred]) barred[id] = FORBIDDEN;
  if (end === "forbidden") barred[EOS] = FORBIDDEN;

  const encoder = await compile(({ source }) => {
    const isToken = source.notEqual(PAD).cast("float32") as tf.Tensor2D; // a matrix
    const { memory, keys, state } = stepwise.encode(source, isToken);
    const wide = tf.tile(state.expandDims(1), [1, beams, 1]);
    return { memory, isToken, state: wide, ...keys && { keys } };
  }, {
    inputs: { source: { shape: [batch, size], dtype: "int32" } },
    device,
    threads,
  });

  const read = (tensors: Readonly<Record<string, tf.Tensor>>) => {
    const { token, state, goal, memory, isToken, keys, barred } = tensors;
    const encoded = {
      memory: memory!, // an input
      isToken: isToken as tf.Tensor2D, // an input of rank 2
      ...keys && { keys },
    } satisfies Omit<EncodedSource, "state">;
    const said = stepwise.step(token as tf.Tensor2D, state!, encoded); // likewise
    const logits = said.logits.reshape([rows, target]);
    const logProbs = tf.logSoftmax(logits);
    const at = tf.range(0, rows * target, target, "int32").add(goal!.as1D()); // an input
    const surprisal = tf.gather(logProbs.as1D(), at).neg();
    const { values, indices } = tf.topk(logProbs.add(barred!), likeliest); // a table
    return {
      state: said.state,
      surprisal,
      logProbs: values,
      tokens: indices,
      ...said.weights && { weights: said.weights },
    };
  };
  const ids = { shape: [batch, beams], dtype: "int32" } as const;
  const step = await compile(read, {
    inputs: {
      token: ids,
      goal: ids,
      state: { shape: [batch, beams, widths.state] },
      memory: { shape: [batch, size, widths.memory] },
      isToken: { shape: [batch, size] },
      ...widths.keys > 0 && { keys: { shape: [batch, size, widths.keys] } },
    },
    tables: { barred: { data: barred, shape: [target] } },
    outputs: { tokens: "int32" },
    device,
    threads,
  });
  const nothing = new Int32Array(rows);
  return {
    encode: async (source) => {
      const { state, ...encoded } = await encoder.run({ source });
      const arrays = Object.entries(encoded)
        .map(([name, output]) => [name, output.data] as const);
      return {
        encoded: Object.fromEntries(arrays),
        state: state.data as Float32Array<ArrayBuffer>, // a copy of its own
      };
    },
    step: async (token, state, encoded, goal = nothing) => {
      // The names are those of the inputs, which depend on the kind of attention.
      const feeds = { token, goal, state, ...encoded } as unknown as Parameters<
        typeof step.run
      >[0];
      const { weights, ...said } = await step.run(feeds);
      return {
        state: said.state.data as Float32Array<ArrayBuffer>, // a copy of its own
        surprisal: said.surprisal.data,
        logProbs: said.logProbs.data,
        tokens: said.tokens.data,
        weights: weights?.data ?? new Float32Array(0),
      };
    },
    [Symbol.dispose]: () => {
      encoder.dispose();
      step.dispose();
    },
  };
}

/** A translator's compiled decoders, each compiled when it is first needed; they follow the newest weights. */
export interface DecoderPool extends Disposable {
  /** The decoder for some options. */
  readonly decoder: (options: DecoderOptions) => Promise<CompiledDecoder>;
  /** Aborts what is under way. */
  readonly signal: AbortSignal;
  /** The most tokens that the model can write. */
  readonly longest: number;
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
  context: Pick<RunContext, "device" | "threads" | "signal">,
): DecoderPool {
  const compiled = new Map<string, CompiledDecoder>();
  return {
    signal: context.signal,
    longest: translator.longest,
    decoder: async (options) => {
      const { batch, beams, size, likeliest, end } = options;
      const name = [batch, beams, size, likeliest, end].join();
      const known = compiled.get(name);
      if (known) return known;
      const decoder = await compileDecoder(translator, options, context);
      compiled.set(name, decoder);
      return decoder;
    },
    [Symbol.dispose]: () =>
      compiled.forEach((decoder) => decoder[Symbol.dispose]()),
  };
}
