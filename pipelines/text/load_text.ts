/**
 * The stage that loads text.
 * @module
 */
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import type { DataSource } from "../core/data/load_data.ts";
import type { CharacterText } from "./text_entries.ts";
import { type Stage, stage } from "../core/stage.ts";
import { builtInGrammar } from "./built_in_grammar.ts";
import { loadFrom } from "../core/data/load_from.ts";
import { whence } from "../core/data/whence.ts";
import { expectContext, parseText, shakespeare, splitText } from "./text.ts";
import { decode } from "./vocabulary.ts";
import { dataRequest } from "../core/task/common_flags.ts";
import { count } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";

/** Tiny Shakespeare, a text by path, or the built-in grammar. */
export const textSource: DataSource<CharacterText> = {
  known: shakespeare,
  parse: ([file]) => splitText(parseText(file!)), // one known file
  builtIn: { name: "grammar", make: builtInGrammar, bytes: bytesOf },
};

/** How much of a text is seen at once. */
export interface ContextLength {
  /** Characters that a model sees at once. */
  readonly context: number;
}

/** The setting of `ContextLength`, with its default and rule. */
export const contextLength: Flags<ContextLength> = {
  context: count(64, "characters that the model sees at once", { smoke: 24 }),
};

/**
 * Loads a text: `auto`, `shakespeare`, `grammar` or a file in UTF-8.
 *
 * @throws {Error} If the data asked for is not found, not text, or too short for the context.
 */
export const loadText: Stage<
  { readonly data?: string } & Partial<ContextLength>,
  { readonly text: CharacterText; readonly dataset: DatasetInfo }
> = stage("load", {
  needs: [],
  settings: { ...dataRequest, ...contextLength },
  adds: {
    text: "indices of characters, [characters]: train, validation, test",
    dataset: "name, SHA-256 and origin of the data",
  },
  whence: (request) => whence(request, textSource),
}, async ({ data: request, context: length }, context) => {
  const { data: text, dataset } = await loadFrom(request, textSource, context);
  expectContext(text, length);
  return { text, dataset };
});

/** The text in UTF-8. */
function bytesOf(text: CharacterText): Uint8Array<ArrayBuffer> {
  const splits = [text.train, text.validation, text.test];
  return new TextEncoder().encode(
    splits.map((split) => decode(split, text.vocabulary)).join(""),
  );
}
