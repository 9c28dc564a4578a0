/**
 * A transformer for many languages as one file, with its pieces.
 * @module
 */
import {
  encodeSafetensors,
  type Safetensors,
} from "../core/run/checkpoints/safetensors.ts";
import { parseJson, type Zod } from "../core/run/parse_json.ts";
import type { Tokens } from "../text/parallel/tokens.ts";
import { subwordTokens } from "../text/subwords/subword_tokens.ts";
import { readWeights } from "../training/weights.ts";
import { takeWeights, zeroParameter } from "./stored_weights.ts";
import type { StoredTranslator } from "./stored_translator.ts";
import {
  type TransformerSizes,
  type TransformerTranslator,
  transformerTranslator,
} from "./transformer_translator.ts";
import { attendTransformer } from "./where_translators_look.ts";

/** What a transformer for many languages is kept with. */
export interface TransformerVocabulary {
  /** Pieces of all languages. */
  readonly tokens: Tokens;
  /** The token that asks for a language, by language. */
  readonly tags: Readonly<Record<string, number>>;
  /** Pieces for each word of the sentences that it learned from. */
  readonly tokensPerWord: number;
}

/**
 * Writes a transformer as bytes.
 *
 * @param translator The model, with its newest weights.
 * @param sizes What it was built from.
 * @param vocabulary Its pieces and languages.
 * @returns A file in the safetensors format.
 */
export async function encodeTransformer(
  { model }: Pick<TransformerTranslator, "model">,
  sizes: TransformerSizes,
  { tokens, tags, tokensPerWord }: TransformerVocabulary,
): Promise<Uint8Array<ArrayBuffer>> {
  return encodeSafetensors({
    tensors: await readWeights(model.variables),
    metadata: {
      transformer: JSON.stringify(sizes),
      vocabulary: JSON.stringify({
        names: tokens.names,
        merges: tokens.merges ?? [],
        tags,
        tokensPerWord,
      }),
    },
  });
}

/**
 * Reads a transformer.
 *
 * @param content The file's arrays and texts.
 * @param path Its name, for errors.
 * @returns The translator; dispose it after use.
 * @throws {SyntaxError} If a text is missing or breaks its rules.
 * @throws {RangeError} If the arrays do not fit the sizes.
 */
export async function restoreTransformer(
  { tensors, metadata }: Safetensors,
  path: string,
): Promise<StoredTranslator> {
  const sizes = await parseJson(
    metadata["transformer"] ?? "",
    `the sizes in ${path}`,
    sizesSchema,
  );
  const { tags, tokensPerWord, ...pieces } = await parseJson(
    metadata["vocabulary"] ?? "",
    `the vocabulary in ${path}`,
    vocabularySchema,
  );
  if (pieces.names.length !== sizes.vocabulary) {
    throw new SyntaxError(
      `Expected ${path} to name ${sizes.vocabulary} pieces but found ${pieces.names.length}`,
    );
  }
  const { decodable, model } = transformerTranslator(
    sizes,
    Object.values(tags),
    zeroParameter,
  );
  const dispose = takeWeights(model, tensors);
  const tokens = subwordTokens(pieces);
  const languages = Object.entries(tags);
  return {
    decodable,
    attend: attendTransformer(model),
    sourceTokens: tokens,
    targetTokens: tokens,
    sources: languages.map(([language]) => language),
    targets: Object.fromEntries(
      languages.map(([language, tag]) => [language, { tag }]),
    ),
    sourceEnd: "eos",
    maxSource: sizes.maxLength,
    longer: "read",
    tokensPerWord,
    [Symbol.dispose]: dispose,
  };
}

function sizesSchema(z: Zod["z"]) {
  const size = z.int().positive();
  return z.object({
    vocabulary: size,
    maxLength: size,
    normalization: z.enum(["pre", "post"]),
    layers: size,
    width: size,
    heads: size,
    feedForward: size,
  });
}

function vocabularySchema(z: Zod["z"]) {
  return z.object({
    names: z.array(z.string()),
    merges: z.array(z.tuple([z.string(), z.string()])),
    tags: z.record(z.string(), z.int().nonnegative()),
    tokensPerWord: z.number().positive(),
  });
}
