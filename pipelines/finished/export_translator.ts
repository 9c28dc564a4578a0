/**
 * A trained translator as files for any ONNX runtime.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { exportOnnx } from "../../compile/export.ts";
import type { ExportInputSpecs } from "../../compile/types.ts";
import type { NamedTensors } from "../../models/decoding/stepwise_translator.ts";
import { HIDDEN_SCORE } from "../../models/layers/mask.ts";
import { PAD } from "../text/parallel/tokens.ts";
import type { Decodable } from "../text/decoding/compiled_step.ts";
import type { StoredTranslator } from "../translation/stored_translator.ts";
import type { NamedFile } from "./named_file.ts";

/**
 * Writes a translator: what reads sources, what reads one more token of each target, and the names of tokens.
 *
 * `encoder.onnx` takes `source`, int32, [batch, tokens], padded with 0, and gives what the first step takes besides a token.
 * `step.onnx` takes it with `token`, int32, [batch, 1], 1 at first. It gives the `logits` of the next token,
 * [batch, 1, vocabulary]; `next/NAME` for each NAME that the following step takes instead of the one before; and how much the
 * source is looked at where the model says so, `weights`.
 *
 * @param translator The translator.
 * @param doc What the files say of themselves.
 * @returns `encoder.onnx`, `step.onnx`, `source_tokens.json` and `target_tokens.json`: names by number.
 */
export async function exportTranslator(
  { decodable, maxSource, ...stored }: StoredTranslator,
  doc: string,
): Promise<readonly NamedFile[]> {
  const { stepwise } = decodable;
  const progress = progressOf(decodable);
  const encoder = await exportOnnx(({ source }) => {
    const isToken = source.notEqual(PAD).cast("float32") as tf.Tensor2D; // a matrix
    const { source: seen, first } = stepwise.encode(source, isToken);
    return { ...seen, ...progress.begin(isToken, first) };
  }, {
    inputs: { source: { shape: ["batch", maxSource], dtype: "int32" } },
    outputs: progress.types,
    name: "encoder",
    doc: `Encoder ${doc}: tokens of sentences to what the decoder looks at`,
  });
  const step = await exportOnnx(
    ({ token, ...told }: Readonly<Record<string, tf.Tensor>>) => {
      const see = progress.see(told);
      const said = stepwise.step(token as tf.Tensor2D, see); // an input of rank 2
      return {
        logits: said.logits,
        ...nextOnes(progress.follow(told, said.made)),
        ...said.weights && { weights: said.weights },
      };
    },
    {
      inputs: {
        token: { shape: ["batch", 1], dtype: "int32" },
        ...batches(decodable.source(maxSource)),
        ...progress.specs,
      },
      outputs: nextOnes(progress.types),
      name: "step",
      doc: `Decoder ${doc}: one more token of each sentence`,
    },
  );
  const namesOf = (names: readonly string[]) =>
    new TextEncoder().encode(`${JSON.stringify(names)}\n`);
  return [
    ["encoder.onnx", encoder],
    ["step.onnx", step],
    ["source_tokens.json", namesOf(stored.sourceTokens.names)],
    ["target_tokens.json", namesOf(stored.targetTokens.names)],
  ];
}

/** What is kept of a target in progress, inside the graphs. */
interface Progress {
  readonly specs: ExportInputSpecs;
  /** Types of what is no float32. */
  readonly types: Readonly<Record<string, "int32">>;
  /** Before the first token; `isToken` has the batch. */
  readonly begin: (isToken: tf.Tensor2D, first: NamedTensors) => NamedTensors;
  /** What a step of the model sees of it. */
  readonly see: (told: NamedTensors) => NamedTensors;
  /** After a step. */
  readonly follow: (told: NamedTensors, made: NamedTensors) => NamedTensors;
}

/** One sequence on each source: a state that each step replaces, or keys and values of all positions. */
function progressOf({ keep, longest }: Decodable): Progress {
  const kept = keep({ batch: 1, beams: 1, expected: longest });
  const { mask, position, ...arrays } = kept.specs;
  const shapes = Object.fromEntries(
    Object.entries(arrays).map(([name, { shape }]) => [name, shape.slice(1)]),
  );
  if (!mask || !position) {
    return {
      specs: batches(shapes),
      types: {},
      begin: (_, first) =>
        Object.fromEntries(
          Object.entries(first).map(([name, x]) => [name, x.expandDims(1)]),
        ),
      see: (told) => told,
      follow: (_, made) => made,
    };
  }
  const compared = ({ position }: NamedTensors) =>
    [
      tf.range(0, kept.room, 1, "int32").expandDims(0),
      position!.expandDims(1), // as specified
    ] as const;
  return {
    specs: {
      ...batches(shapes),
      position: { shape: ["batch"], dtype: "int32" },
    },
    types: { position: "int32" },
    begin: (isToken) => {
      const none = isToken.sum(1).mul(0);
      const empty = none.reshape([-1, 1, 1, 1]);
      return {
        position: none.cast("int32"),
        ...Object.fromEntries(
          Object.entries(shapes).map(([name, shape]) =>
            [name, empty.add(tf.zeros([1, ...shape]))] as const
          ),
        ),
      };
    },
    see: (told) => {
      const [all, now] = compared(told);
      const hidden = all.greaterEqual(now).cast("float32").mul(HIDDEN_SCORE);
      return { ...told, mask: hidden.expandDims(1) };
    },
    follow: (told, made) => {
      const [all, now] = compared(told);
      const isNow = all.equal(now).cast("float32").expandDims(1).expandDims(3);
      const written = Object.entries(made).map(([name, x]) => {
        const before = told[name]!; // as specified
        return [name, before.add(x.sub(before).mul(isNow))] as const;
      });
      return {
        position: told["position"]!.add(tf.scalar(1, "int32")),
        ...Object.fromEntries(written),
      };
    },
  };
}

/** Names of what the following step takes. */
function nextOnes<T>(named: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(named).map(([name, one]) => [`next/${name}`, one]),
  );
}

/** Shapes of any number of rows. */
function batches(
  shapes: Readonly<Record<string, readonly number[]>>,
): ExportInputSpecs {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) =>
      [name, { shape: ["batch", ...shape] as const }] as const
    ),
  );
}
