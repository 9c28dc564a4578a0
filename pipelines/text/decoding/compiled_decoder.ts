/**
 * A translator compiled for decoding: its encoder for each size of the source, and a step of its decoder.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import type { RunContext } from "../../core/context.ts";
import { PAD } from "../parallel/tokens.ts";
import {
  type CompiledStep,
  compileStep,
  type Decodable,
  type DecoderOptions,
} from "./compiled_step.ts";
import type { KeptSequences, NamedArrays } from "./kept_sequences.ts";

/** A compiled encoder. */
export interface CompiledEncoder extends Disposable {
  /** Reads source sentences, int32, [batch, size]; gives what steps see of them, and what they begin with. */
  readonly encode: (source: Int32Array) => Promise<NamedArrays>;
}

type Place = Pick<RunContext, "device" | "threads">;

async function compileEncoder(
  { stepwise }: Decodable,
  { batch, size, lanes }: Pick<DecoderOptions, "batch" | "size" | "lanes">,
  { device, threads }: Place,
): Promise<CompiledEncoder> {
  const encoder = await compile(({ source }) => {
    const isToken = source.notEqual(PAD).cast("float32") as tf.Tensor2D; // a matrix
    const { source: seen, first } = stepwise.encode(source, isToken);
    return { ...seen, ...first };
  }, {
    inputs: { source: { shape: [batch, size], dtype: "int32" } },
    variables: "steady",
    device,
    threads,
    parallel: lanes > 1 ? "calls" : "operations",
  });
  return {
    encode: async (source) => {
      const read = Object.entries(await encoder.run({ source }));
      return Object.fromEntries(read.map(([name, { data }]) => [name, data]));
    },
    [Symbol.dispose]: () => encoder.dispose(),
  };
}

/** A translator's compiled parts, each compiled when it is first needed; they follow the newest weights. */
export interface DecoderPool extends Disposable {
  /** The model. */
  readonly translator: Decodable;
  /** The encoder of some sentences at once. */
  readonly encoder: (
    sizes: Pick<DecoderOptions, "batch" | "size" | "lanes">,
  ) => Promise<CompiledEncoder>;
  /** The step for some options, and for the room that is kept now. */
  readonly step: (
    options: DecoderOptions,
    kept: KeptSequences,
  ) => Promise<CompiledStep>;
  /** Batches of sentences that can be decoded side by side, each by a thread of its own. */
  readonly lanes: number;
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
  const encoders = new Map<string, Promise<CompiledEncoder>>();
  const steps = new Map<string, Promise<CompiledStep>>();
  const place = { device, threads };
  return {
    translator,
    lanes: device === "cpu" ? threads : 1,
    signal,
    encoder: (sizes) =>
      known(
        encoders,
        [sizes.batch, sizes.size, sizes.lanes],
        () => compileEncoder(translator, sizes, place),
      ),
    step: (options, kept) => {
      const { batch, beams, size, likeliest, end, lanes } = options;
      const name = [batch, beams, size, likeliest, end, lanes, kept.room];
      return known(
        steps,
        name,
        () => compileStep(translator, options, kept.specs, place),
      );
    },
    [Symbol.dispose]: () => {
      for (const made of [...encoders.values(), ...steps.values()]) {
        // one that could not be made has told it to whoever asked for it
        made.then((one) => one[Symbol.dispose](), () => {});
      }
    },
  };
}

function known<T>(
  made: Map<string, Promise<T>>,
  parts: readonly (number | string)[],
  make: () => Promise<T>,
): Promise<T> {
  const name = parts.join();
  const found = made.get(name) ?? make();
  made.set(name, found);
  return found;
}
