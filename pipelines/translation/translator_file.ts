/**
 * A trained translator as one file, with its words.
 * @module
 */
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../core/run/checkpoints/safetensors.ts";
import { parseJson, type Zod } from "../core/run/parse_json.ts";
import type {
  CorpusSettings,
  TranslationCorpus,
} from "../text/parallel/corpus.ts";
import type { Tokens } from "../text/parallel/tokens.ts";
import { wordTokens } from "../text/parallel/words.ts";
import { assignWeights, readWeights } from "../training/weights.ts";
import {
  type RecurrentTranslator,
  recurrentTranslator,
} from "./build_seq2seq.ts";

/** Where a run keeps its translator. */
export const TRANSLATOR_FILE = "model/translator.safetensors";

/** A translator that was read from a file. */
export interface StoredTranslator {
  /** The model; dispose it after use. */
  readonly translator: RecurrentTranslator;
  /** Words of the source. */
  readonly sourceTokens: Tokens;
  /** Words of the target. */
  readonly targetTokens: Tokens;
  /** The languages, and whether sources end in a mark. */
  readonly direction: Direction;
}

/** What a translator reads and writes. */
export interface Direction {
  /** What is read. */
  readonly source: string;
  /** What is written. */
  readonly target: string;
  /** Whether source sentences end in a mark. */
  readonly sourceEnd: CorpusSettings["sourceEnd"];
}

/**
 * Writes a translator as bytes.
 *
 * @param translator The model, with its newest weights.
 * @param corpus Its words and languages.
 * @param sourceEnd Whether source sentences end in a mark.
 * @returns A file in the safetensors format.
 */
export async function encodeTranslator(
  { model, sizes }: RecurrentTranslator,
  corpus: TranslationCorpus,
  sourceEnd: CorpusSettings["sourceEnd"],
): Promise<Uint8Array<ArrayBuffer>> {
  const direction: Direction = {
    source: corpus.sourceLanguage,
    target: corpus.targetLanguage,
    sourceEnd,
  };
  return encodeSafetensors({
    tensors: await readWeights(model.variables),
    metadata: {
      sizes: JSON.stringify(sizes),
      direction: JSON.stringify(direction),
      sourceWords: corpus.sourceTokens.names.join("\n"),
      targetWords: corpus.targetTokens.names.join("\n"),
    },
  });
}

/**
 * Reads a translator.
 *
 * @param bytes The file.
 * @param path Its name, for errors.
 * @returns The translator.
 * @throws {SyntaxError} If the file is no translator, or damaged.
 */
export async function decodeTranslator(
  bytes: Uint8Array<ArrayBuffer>,
  path: string,
): Promise<StoredTranslator> {
  const { tensors, metadata } = await decodeSafetensors(bytes, path);
  const text = (name: string) => {
    const found = metadata[name];
    if (found !== undefined) return found;
    throw new SyntaxError(`Expected ${path} to hold "${name}" but found none`);
  };
  const sizes = await parseJson(
    text("sizes"),
    `the sizes in ${path}`,
    sizesSchema,
  );
  const direction = await parseJson(
    text("direction"),
    `the direction in ${path}`,
    directionSchema,
  );
  const translator = recurrentTranslator(
    sizes,
    ({ shape }) =>
      new Float32Array(shape.reduce((size, side) => size * side, 1)),
  );
  assignWeights(translator.model.variables, tensors);
  return {
    translator,
    sourceTokens: wordTokens(text("sourceWords").split("\n")),
    targetTokens: wordTokens(text("targetWords").split("\n")),
    direction,
  };
}

function sizesSchema(z: Zod["z"]) {
  const size = z.int().positive();
  return z.object({
    vocabulary: z.object({ source: size, target: size }),
    embedding: size,
    units: size,
    attention: z.enum(["none", "location", "additive", "multiplicative"]),
    maxSource: size,
  });
}

function directionSchema(z: Zod["z"]) {
  return z.object({
    source: z.string(),
    target: z.string(),
    sourceEnd: z.enum(["eos", "none"]),
  });
}
