/**
 * Plain text for models of characters.
 * @module
 */
import type { DataFile, KnownData } from "../core/data/known_data.ts";
import type { CharacterText } from "./text_entries.ts";
import { encode, vocabularyOf } from "./vocabulary.ts";

/** The plays that character models are compared on, 1,115,394 characters; Karpathy 2015. */
export const shakespeare: KnownData = {
  name: "shakespeare",
  folder: "text",
  files: [{
    name: "tinyshakespeare.txt",
    size: 1_115_394,
    sha256: "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",
    urls: [
      "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt",
    ],
  }],
};

/**
 * Reads a text file.
 *
 * @param file The file, in UTF-8.
 * @returns Its text, without a byte order mark.
 * @throws {SyntaxError} If it is empty or not UTF-8.
 */
export function parseText(file: DataFile): string {
  if (file.bytes.length === 0) {
    throw new SyntaxError(`Expected text but ${file.path} is empty`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(file.bytes);
  } catch (error) {
    throw new SyntaxError(
      `Expected UTF-8 text in ${file.path} but found other bytes`,
      { cause: error },
    );
  }
}

/**
 * Cuts a text into 90 % for training, 5 % for validation and 5 % for the test, in this order.
 *
 * @param text The text; all of it gives the vocabulary.
 * @returns The splits.
 */
export function splitText(text: string): CharacterText {
  const vocabulary = vocabularyOf(text);
  const all = encode(text, vocabulary);
  const validation = Math.floor(all.length * 0.9);
  const test = Math.floor(all.length * 0.95);
  return {
    vocabulary,
    train: all.subarray(0, validation),
    validation: all.subarray(validation, test),
    test: all.subarray(test),
  };
}

/**
 * Refuses a text that is too short for a model's context.
 *
 * @param text The splits.
 * @param context How many characters the model sees.
 * @throws {RangeError} If a split does not hold one context and the character after it.
 */
export function expectContext(text: CharacterText, context: number): void {
  for (const split of ["train", "validation", "test"] as const) {
    const { length } = text[split];
    if (length > context) continue;
    throw new RangeError(
      `Expected more than context = ${context} characters in the ${split} split but found ${length}`,
    );
  }
}
