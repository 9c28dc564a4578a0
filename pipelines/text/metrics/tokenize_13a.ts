/**
 * The tokenizer inside BLEU, so that scores of different systems can be compared.
 * @module
 */
import { splitWhiteSpace } from "./white_space.ts";

/** What is decoded first, in this order. */
const ENTITIES: readonly (readonly [string, string])[] = [
  ["&quot;", '"'],
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
];

/** ASCII punctuation stands alone; periods, commas and dashes depend on the digits beside them. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/([{-~[-` -&(-+:-@/])/gu, " $1 "],
  [/([^0-9])([.,])/gu, "$1 $2 "],
  [/([.,])([^0-9])/gu, " $1 $2"],
  [/([0-9])(-)/gu, "$1 $2 "],
];

/**
 * Cuts a detokenized line into the tokens that BLEU counts.
 *
 * Source: `mteval-v13a.pl`, as in sacreBLEU (Post 2018). Quotes and dashes beyond ASCII stick to their words, and a
 * composed letter differs from a decomposed one.
 *
 * @param line A detokenized line.
 * @returns Its tokens.
 */
export function tokenize13a(line: string): readonly string[] {
  const joined = line.replaceAll("<skipped>", "").replaceAll("-\n", "")
    .replaceAll("\n", " ");
  const decoded = ENTITIES.reduce(
    (text, [entity, character]) => text.replaceAll(entity, character),
    joined,
  );
  const spaced = RULES.reduce(
    (text, [pattern, replacement]) => text.replaceAll(pattern, replacement),
    ` ${decoded} `,
  );
  return splitWhiteSpace(spaced);
}
