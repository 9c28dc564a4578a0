/**
 * Prompts as the numbers of their words.
 * @module
 */
import { nearest } from "../../core/task/nearest.ts";
import {
  colourNames,
  digitWords,
  places,
  relations,
  thicknesses,
} from "./scene.ts";

/** Tokens of a prompt, its start and its end among them. */
export const promptLength = 16;

/** Words that a prompt may have. */
export const knownWords: readonly string[] = [
  ...new Set([
    ...["a", "an", "and", "at", "ground", "in", "on", "the"],
    ...thicknesses,
    ...colourNames,
    ...digitWords,
    ...places,
    ...relations.flatMap((relation) => relation.split(" ")),
  ]),
];

const START = 0;
const END = 1;

/** Tokens that there are: two marks and the words. */
export const vocabularySize: number = 2 + knownWords.length;

/**
 * Looks up the words of a prompt; capitals and marks of punctuation do not count.
 *
 * @param prompt At most 14 words; none for a prompt that asks for nothing.
 * @returns The start, the words, and the end as often as fills 16 tokens.
 * @throws {RangeError} If a word is unknown, naming the nearest known one, or there are too many.
 *
 * @example Usage
 * ```ts
 * import { promptTokens } from "@lowerbound/lowerbound/images";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => promptTokens("a thick rde three"), RangeError, 'did you mean "red"?');
 * ```
 */
export function promptTokens(prompt: string): Int32Array<ArrayBuffer> {
  const words = prompt.toLowerCase().split(/[\s.,;:!?"'-]+/)
    .filter((word) => word !== "");
  const most = promptLength - 2;
  if (words.length > most) {
    throw new RangeError(
      `Expected a prompt of at most ${most} words but found ${words.length}`,
    );
  }
  const tokens = new Int32Array(promptLength).fill(END);
  tokens[0] = START;
  words.forEach((word, i) => tokens[i + 1] = 2 + placeOf(word));
  return tokens;
}

function placeOf(word: string): number {
  const found = knownWords.indexOf(word);
  if (found >= 0) return found;
  const meant = nearest(word, knownWords);
  throw new RangeError(
    `Expected words among ${knownWords.join(", ")} but found "${word}"${
      meant === undefined ? "" : `; did you mean "${meant}"?`
    }`,
  );
}
