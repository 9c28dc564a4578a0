/**
 * Translations of one length, written token by token.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import { paddingMask } from "../../models/layers/mask.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { sampleParameter } from "../../pipelines/training/sample_parameter.ts";
import { recurrentTranslator } from "../../pipelines/translation/build_seq2seq.ts";
import { decoderPool } from "../../pipelines/text/decoding/compiled_decoder.ts";
import type { Decodable } from "../../pipelines/text/decoding/compiled_step.ts";
import {
  type TransformerTranslator,
  transformerTranslator,
} from "../../pipelines/translation/transformer_translator.ts";
import { writeTranslations } from "../../pipelines/translation/write_translations.ts";
import { tokens } from "./inputs.ts";

/** Sentences side by side, and the tokens that each of their translations gets. */
export interface DecodingSizes {
  readonly batch: number;
  readonly length: number;
}

/** Writes one batch of translations, on one thread. */
export type Decoding = () => Promise<unknown>;

/** The longest translation that can be timed. */
export const LONGEST = 128;

const [SOURCE, VOCABULARY, WIDTH] = [16, 6000, 128];
const SETTING = { device: "cpu", threads: 1 } as const;
const draw = sampleParameter(keyFrom(0));

/** A transformer of 3 + 3 layers that keeps keys and values. */
export function cachedDecoding(sizes: DecodingSizes): Decoding {
  return greedy(transformer().decodable, sizes);
}

/** A GRU of width 128 with additive attention. */
export function recurrentDecoding(sizes: DecodingSizes): Decoding {
  const { decodable } = recurrentTranslator({
    vocabulary: { source: VOCABULARY, target: VOCABULARY },
    embedding: WIDTH,
    units: WIDTH,
    attention: "additive",
    maxSource: SOURCE,
  }, draw);
  return greedy(decodable, sizes);
}

/** The transformer without anything kept: all positions anew for each token. */
export async function repeatedDecoding(
  { batch, length }: DecodingSizes,
): Promise<Decoding> {
  const { model } = transformer();
  const encoder = await compile(({ source }) => {
    const isToken = tf.onesLike(source).cast("float32") as tf.Tensor2D; // a matrix
    return { memory: model.encode(source, isToken).memory };
  }, {
    inputs: { source: { shape: [batch, SOURCE], dtype: "int32" } },
    ...SETTING,
  });
  const decoder = await compile(({ written, memory }) => {
    const mask = paddingMask(tf.ones([batch, SOURCE]));
    const { next } = model.decode(written, { memory, mask });
    return { likeliest: next.logits.argMax(-1) };
  }, {
    inputs: {
      written: { shape: [batch, length], dtype: "int32" },
      memory: { shape: [batch, SOURCE, WIDTH] },
    },
    outputs: { likeliest: "int32" },
    ...SETTING,
  });
  const source = sourceRows(batch);
  return async () => {
    const { memory } = await encoder.run({ source });
    const written = new Int32Array(batch * length).fill(1);
    for (let at = 0; at < length; at++) {
      const { likeliest } = await decoder.run({ written, memory: memory.data });
      for (let row = 0; row < batch && at + 1 < length; row++) {
        const place = row * length + at;
        written[place + 1] = likeliest.data[place]!; // of this length
      }
    }
  };
}

function transformer(): TransformerTranslator {
  return transformerTranslator(
    {
      vocabulary: VOCABULARY,
      maxLength: LONGEST - 16, // the decoder takes 16 positions more
      normalization: "pre",
      layers: 3,
      width: WIDTH,
      heads: 4,
      feedForward: 4,
    },
    [],
    draw,
  );
}

function greedy(
  decodable: Decodable,
  { batch, length }: DecodingSizes,
): Decoding {
  const { signal } = new AbortController();
  const pool = decoderPool(decodable, { ...SETTING, signal });
  const all = sourceRows(batch);
  const rows = Array.from({ length: batch }, (_, i) => [
    ...all.subarray(i * SOURCE, (i + 1) * SOURCE),
  ]);
  const options = {
    beams: 1,
    penalty: { kind: "none" },
    maxLength: length,
    end: "forbidden",
  } as const;
  return () => writeTranslations(pool, rows, options);
}

function sourceRows(batch: number): Int32Array<ArrayBuffer> {
  return Int32Array.from(
    tokens([batch, SOURCE], VOCABULARY - 4).data,
    (id) => id + 4, // no marks
  );
}
