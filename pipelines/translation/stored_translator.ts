/**
 * A translator that was read from the file of a run.
 * @module
 */
import { type Tokens, UNK } from "../text/parallel/tokens.ts";
import { splitWords } from "../text/parallel/words.ts";
import type { Decodable } from "../text/decoding/compiled_step.ts";
import type { Attend } from "./where_translators_look.ts";

/** A trained translator with all that a sentence needs on its way in and out. */
export interface StoredTranslator extends Disposable {
  /** The model as decoders see it. */
  readonly decodable: Decodable;
  /** Tokens of the source. */
  readonly sourceTokens: Tokens;
  /** Tokens of the target. */
  readonly targetTokens: Tokens;
  /** Languages that it reads. */
  readonly sources: readonly string[];
  /** Languages that it writes; where there are several, each has a token that asks for it. */
  readonly targets: Readonly<Record<string, { readonly tag?: number }>>;
  /** Whether source sentences end in a mark. */
  readonly sourceEnd: "eos" | "none";
  /** The most tokens of a source that it learned from, tag and end included. */
  readonly maxSource: number;
  /** Whether longer sources can be read at all. */
  readonly longer: "read" | "cut";
  /** Tokens for each word of the sentences that it learned from; 1 where tokens are words. */
  readonly tokensPerWord: number;
  /** Tells where each layer looks while the model reads sources and predicts given tokens. */
  readonly attend: Attend;
}

/**
 * Finds which language to write.
 *
 * @param stored The translator.
 * @param wanted What was asked for; may be missing where it writes one language alone.
 * @returns The language.
 * @throws {RangeError} If it does not write that language, or none was asked for and it writes several.
 *
 * @example
 * ```ts
 * import { chooseTarget } from "@lowerbound/lowerbound/translation";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(chooseTarget({ targets: { en: {} } }, undefined), "en");
 * const targets = { de: { tag: 4 }, en: { tag: 5 } };
 * assertEquals(chooseTarget({ targets }, "de"), "de");
 * assertThrows(() => chooseTarget({ targets }, undefined), RangeError);
 * ```
 */
export function chooseTarget(
  { targets }: Pick<StoredTranslator, "targets">,
  wanted: string | undefined,
): string {
  const known = Object.keys(targets);
  if (wanted !== undefined && known.includes(wanted)) return wanted;
  if (wanted === undefined && known.length === 1) return known[0]!; // the only one
  throw new RangeError(
    `Expected --to with ${known.length > 1 ? "one of " : ""}${
      known.join(", ")
    }, which this run writes, but found ${
      wanted === undefined ? "none" : `"${wanted}"`
    }`,
  );
}

/**
 * Counts the tokens of words.
 *
 * @param lines Sentences.
 * @param tokens How they are cut.
 * @returns Tokens for each word; 1 where there are no words.
 *
 * @example
 * ```ts
 * import { subwordTokens, tokensPerWord, trainSubwords } from "@lowerbound/lowerbound/translation";
 * import { assertEquals } from "@std/assert";
 *
 * const characters = subwordTokens(trainSubwords(["ab ba"], { size: 7 })); // marks, ▁, a, b
 * assertEquals(tokensPerWord(["ab ba"], characters), 3);
 * ```
 */
export function tokensPerWord(
  lines: readonly string[],
  tokens: Pick<Tokens, "encode">,
): number {
  const words = lines.reduce((sum, line) => sum + splitWords(line).length, 0);
  const all = lines.reduce((sum, line) => sum + tokens.encode(line).length, 0);
  return words === 0 ? 1 : all / words;
}

/**
 * Lists words that a translator cannot read.
 *
 * @param words The words of a sentence.
 * @param tokens How words become tokens.
 * @returns The words of which a part at least was never seen.
 *
 * @example
 * ```ts
 * import { listWords, unknownWords, wordTokens } from "@lowerbound/lowerbound/translation";
 * import { assertEquals } from "@std/assert";
 *
 * const tokens = wordTokens(listWords(["ein hund"], 1));
 * assertEquals(unknownWords(["ein", "kind"], tokens), ["kind"]);
 * ```
 */
export function unknownWords(
  words: readonly string[],
  { encode }: Pick<Tokens, "encode">,
): readonly string[] {
  return words.filter((word) => encode(word).includes(UNK));
}
