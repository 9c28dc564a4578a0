/**
 * Words as tokens.
 * @module
 */
import { MARKS, type Tokens, UNK } from "./tokens.ts";

/** Letters, digits and marks, joined by apostrophes and hyphens; anything else but white space stands alone. */
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*|\S/gu;

/**
 * Cuts a sentence into words.
 *
 * @param line A sentence.
 * @returns Words and marks of punctuation, in lower case and composed (NFC).
 */
export function splitWords(line: string): readonly string[] {
  return line.normalize("NFC").toLowerCase().match(WORD) ?? [];
}

/**
 * Lists the words of sentences.
 *
 * @param lines The sentences.
 * @param minCount How often a word must occur.
 * @returns The four marks, then words by falling frequency, equally frequent ones by code units.
 */
export function listWords(
  lines: readonly string[],
  minCount: number,
): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    for (const word of splitWords(line)) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const words = [...counts].filter(([, count]) => count >= minCount)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([word]) => word);
  return [...MARKS, ...words];
}

/**
 * Tokens that are words.
 *
 * @param names The four marks and the words, as `listWords` gives them.
 */
export function wordTokens(names: readonly string[]): Tokens {
  const indices = new Map(names.map((word, i) => [word, i] as const));
  return {
    names,
    encode: (line) => splitWords(line).map((word) => indices.get(word) ?? UNK),
    decode: (ids) => joinWords(ids.map((id) => names[id] ?? "")),
  };
}

/**
 * Writes words as a sentence: with spaces between them, but none before a mark that closes.
 *
 * @param words The words.
 */
export function joinWords(words: readonly string[]): string {
  return words.join(" ").replace(/ ([.,!?;:)])/g, "$1");
}
