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
import { expectContext, parseText, shakespeare, splitText } from "./text.ts";
import { decode } from "./vocabulary.ts";

/** Tiny Shakespeare, a text by path, or the built-in grammar. */
export const textSource: DataSource<CharacterText> = {
  known: shakespeare,
  parse: ([file]) => splitText(parseText(file!)), // one known file
  builtIn: { name: "grammar", make: builtInGrammar, bytes: bytesOf },
};

/**
 * Loads a text: `auto`, `shakespeare`, `grammar` or a file in UTF-8.
 *
 * @throws {Error} If the data asked for is not found, not text, or too short for the context.
 */
export const loadText: Stage<
  { readonly data: string; readonly context: number },
  { readonly text: CharacterText; readonly dataset: DatasetInfo }
> = stage("load", {
  needs: ["data", "context"],
  adds: {
    text: "indices of characters, [characters]: train, validation, test",
    dataset: "name, SHA-256 and origin of the data",
  },
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
