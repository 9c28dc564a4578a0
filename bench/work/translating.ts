/**
 * Sentences that are translated by beam search, as work.
 * @module
 */
import type { Variables } from "../../models/parameters/parameters.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { decoderPool } from "../../pipelines/text/decoding/compiled_decoder.ts";
import type { Decodable } from "../../pipelines/text/decoding/compiled_step.ts";
import { sampleParameter } from "../../pipelines/training/sample_parameter.ts";
import { recurrentTranslator } from "../../pipelines/translation/build_seq2seq.ts";
import { transformerTranslator } from "../../pipelines/translation/transformer_translator.ts";
import { writeTranslations } from "../../pipelines/translation/write_translations.ts";
import { versionOf } from "../versions.ts";
import { tokens } from "./inputs.ts";
import { repeated, type Work } from "./work.ts";

/** What translates. */
export type TranslatorKind = "gru" | "transformer";

/** Sentences of one call: as many as 1,000 for places to be given on, in a time that can be repeated. */
const SENTENCES = 200;

/** Tokens of every translation: its end is forbidden, so that whoever translates does the same work. */
export const WRITTEN = 24;

/** Tokens with a meaning of their own, which no sentence holds. */
const MARKS = 4;

/** An untrained translator, with what its file says of its sizes. */
export interface Untrained extends Disposable {
  readonly decodable: Decodable;
  readonly variables: Variables;
  readonly metadata: Readonly<Record<string, string>>;
  /** Tokens that its sentences may hold. */
  readonly vocabulary: number;
}

/** A translator of the sizes that `translate-gru` or `translate-many` has by default; its weights are always the same. */
export function untrained(kind: TranslatorKind): Untrained {
  const draw = sampleParameter(keyFrom(0));
  if (kind === "gru") {
    const sizes = {
      vocabulary: { source: 7857, target: 5977 },
      embedding: 128,
      units: 128,
      attention: "additive",
      maxSource: 32,
    } as const;
    const { model, decodable, ...rest } = recurrentTranslator(sizes, draw);
    return {
      decodable,
      variables: model.variables,
      metadata: { sizes: JSON.stringify(sizes) },
      vocabulary: sizes.vocabulary.source,
      [Symbol.dispose]: rest[Symbol.dispose],
    };
  }
  const sizes = {
    vocabulary: 6000,
    maxLength: 40,
    normalization: "pre",
    layers: 3,
    width: 128,
    heads: 4,
    feedForward: 4,
  } as const;
  const { model, decodable, ...rest } = transformerTranslator(sizes, [], draw);
  return {
    decodable,
    variables: model.variables,
    metadata: { transformer: JSON.stringify(sizes) },
    vocabulary: sizes.vocabulary,
    [Symbol.dispose]: rest[Symbol.dispose],
  };
}

/** Sentences of 8 to 23 tokens, in no order of length. */
export function sentences(vocabulary: number): readonly (readonly number[])[] {
  const most = 23;
  const { data } = tokens([SENTENCES, most], vocabulary - MARKS);
  return Array.from({ length: SENTENCES }, (_, i) => {
    const length = 8 + (7 * i) % 16;
    const row = data.subarray(i * most, i * most + length);
    return Array.from(row, (token) => token + MARKS);
  });
}

/** Translations of all sentences, by a number of sequences that run on each. */
export function translate(
  { decodable, vocabulary }: Untrained,
  beams: number,
  threads: number,
): () => Promise<readonly (readonly number[])[]> {
  const { signal } = new AbortController();
  const pool = decoderPool(decodable, { device: "cpu", threads, signal });
  const sources = sentences(vocabulary);
  const options = {
    beams,
    penalty: { kind: "length" },
    maxLength: WRITTEN,
    end: "forbidden",
  } as const;
  return async () => {
    const found = await writeTranslations(pool, sources, options);
    return found.map(([best]) => best!.tokens); // at least one
  };
}

/** Translations as work, whose unit is a sentence. */
export function translating(
  kind: TranslatorKind,
  beams: number,
  threads: number,
): Work {
  const call = translate(untrained(kind), beams, threads);
  const version = versionOf("onnxruntime-node");
  const facts = `onnxruntime-node ${version}, ${threads} threads`;
  return { facts, run: repeated(call, SENTENCES) };
}
