/**
 * A trained translator as one file, with its words.
 * @module
 */
import {
  decodeSafetensors,
  encodeSafetensors,
  type Safetensors,
} from "../core/run/checkpoints/safetensors.ts";
import { parseJson, type Zod } from "../core/run/parse_json.ts";
import type {
  CorpusSettings,
  TranslationCorpus,
} from "../text/parallel/corpus.ts";
import type { Tokens } from "../text/parallel/tokens.ts";
import { wordTokens } from "../text/parallel/words.ts";
import { subwordTokens } from "../text/subwords/subword_tokens.ts";
import { readWeights } from "../training/weights.ts";
import { takeWeights, zeroParameter } from "./stored_weights.ts";
import {
  type RecurrentTranslator,
  recurrentTranslator,
} from "./build_seq2seq.ts";
import { type StoredTranslator, tokensPerWord } from "./stored_translator.ts";
import { restoreTransformer } from "./transformer_file.ts";
import { attendRecurrent } from "./where_translators_look.ts";

/** Where a run keeps its translator. */
export const TRANSLATOR_FILE = "model/translator.safetensors";

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
      ...namesOf("source", corpus.sourceTokens),
      ...namesOf("target", corpus.targetTokens),
      sourceTokensPerWord: `${
        tokensPerWord(
          corpus.train.map(({ sourceLine }) => sourceLine),
          corpus.sourceTokens,
        )
      }`,
    },
  });
}

/** Names by line, and merges as pairs: neither holds a new line. */
function namesOf(
  side: "source" | "target",
  { names, merges }: Tokens,
): Readonly<Record<string, string>> {
  return {
    [`${side}Words`]: names.join("\n"),
    ...merges && { [`${side}Merges`]: JSON.stringify(merges) },
  };
}

/**
 * Reads a translator, recurrent or a transformer.
 *
 * @param bytes The file.
 * @param path Its name, for errors.
 * @returns The translator; dispose it after use.
 * @throws {SyntaxError} If the file is no translator, or damaged.
 */
export async function decodeTranslator(
  bytes: Uint8Array<ArrayBuffer>,
  path: string,
): Promise<StoredTranslator> {
  return await restoreTranslator(await decodeSafetensors(bytes, path), path);
}

/**
 * Rebuilds a translator, recurrent or a transformer.
 *
 * @param content The file's arrays and texts.
 * @param path Its name, for errors.
 * @returns The translator; dispose it after use.
 * @throws {SyntaxError} If a text is missing or breaks its rules.
 * @throws {RangeError} If the arrays do not fit the sizes.
 */
export async function restoreTranslator(
  content: Safetensors,
  path: string,
): Promise<StoredTranslator> {
  return "transformer" in content.metadata
    ? await restoreTransformer(content, path)
    : await restoreRecurrent(content, path);
}

async function restoreRecurrent(
  { tensors, metadata }: Safetensors,
  path: string,
): Promise<StoredTranslator> {
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
  const { source, target, sourceEnd } = await parseJson(
    text("direction"),
    `the direction in ${path}`,
    directionSchema,
  );
  const tokensOf = async (side: "source" | "target"): Promise<Tokens> => {
    const names = text(`${side}Words`).split("\n");
    if (names.length !== sizes.vocabulary[side]) {
      throw new SyntaxError(
        `Expected ${path} to name ${
          sizes.vocabulary[side]
        } tokens of the ${side} but found ${names.length}`,
      );
    }
    const merges = metadata[`${side}Merges`];
    if (merges === undefined) return wordTokens(names);
    const what = `the merges in ${path}`;
    return subwordTokens({
      names,
      merges: await parseJson(merges, what, mergesSchema),
    });
  };
  const sourceTokens = await tokensOf("source");
  const targetTokens = await tokensOf("target");
  const { model, decodable } = recurrentTranslator(
    sizes,
    zeroParameter,
  );
  const dispose = takeWeights(model, tensors);
  return {
    decodable,
    attend: attendRecurrent(model),
    sourceTokens,
    targetTokens,
    sources: [source],
    targets: { [target]: {} },
    sourceEnd,
    maxSource: sizes.maxSource,
    longer: sizes.attention === "location" ? "cut" : "read",
    tokensPerWord: Number(metadata["sourceTokensPerWord"] ?? 1),
    [Symbol.dispose]: dispose,
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

function mergesSchema(z: Zod["z"]) {
  return z.array(z.tuple([z.string(), z.string()]));
}
