/**
 * Text that needs no file: simple sentences of known entropy.
 * @module
 */
import type { CharacterText } from "./text_entries.ts";
import { fold, keyFrom } from "../core/random/key.ts";
import { entropyRate, type Grammar, write } from "./grammar.ts";
import { splitText } from "./text.ts";

/** Sentences such as `the tall sailor watched a bright star and slept.` */
export const sentences: Grammar = {
  subject: [
    [0.6, "the ", "person or quality"],
    [0.3, "a ", "person or quality"],
    [0.1, "every ", "person or quality"],
  ],
  "person or quality": [
    [0.16, "tall ", "person"],
    [0.12, "young ", "person"],
    [0.08, "quiet ", "person"],
    [0.04, "clever ", "person"],
    [0.2, "sailor ", "verb"],
    [0.15, "gardener ", "verb"],
    [0.1, "queen ", "verb"],
    [0.1, "miller ", "verb"],
    [0.05, "stranger ", "verb"],
  ],
  person: [
    [0.3, "sailor ", "verb"],
    [0.3, "gardener ", "verb"],
    [0.2, "queen ", "verb"],
    [0.1, "miller ", "verb"],
    [0.1, "stranger ", "verb"],
  ],
  verb: [
    [0.25, "watched ", "object"],
    [0.2, "found ", "object"],
    [0.15, "painted ", "object"],
    [0.1, "carried ", "object"],
    [0.15, "slept", "end"],
    [0.15, "waited", "end"],
  ],
  object: [
    [0.5, "the ", "thing or quality"],
    [0.5, "a ", "thing or quality"],
  ],
  "thing or quality": [
    [0.2, "bright ", "thing"],
    [0.15, "broken ", "thing"],
    [0.15, "small ", "thing"],
    [0.2, "star", "end"],
    [0.15, "boat", "end"],
    [0.1, "lantern", "end"],
    [0.05, "door", "end"],
  ],
  thing: [
    [0.4, "star", "end"],
    [0.3, "boat", "end"],
    [0.2, "lantern", "end"],
    [0.1, "door", "end"],
  ],
  end: [
    [0.65, ".\n"],
    [0.2, " and ", "verb"],
    [0.15, ", while ", "subject"],
  ],
};

/** The one key of the built-in data: the same text for every seed. */
const KEY = fold(keyFrom(0), "built-in grammar");

const CHARACTERS = 400_000;

/**
 * Writes the built-in text, whose entropy rate is known.
 *
 * @returns 360,000 characters for training, 20,000 for validation and 20,000 for the test.
 */
export function builtInGrammar(): CharacterText {
  const text = splitText(write(sentences, KEY, CHARACTERS));
  return { ...text, entropyRate: entropyRate(sentences) };
}
