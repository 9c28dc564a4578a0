/**
 * Pieces of words as other programs read them.
 * @module
 */
import { MARKS } from "../parallel/tokens.ts";
import { SPACE } from "./split_pieces.ts";
import type { SubwordModel } from "./train_subwords.ts";

/**
 * Writes a byte-pair encoding as the `tokenizer.json` of Hugging Face.
 *
 * @param model What was learned.
 * @param tags Marks behind the four of all tokens.
 * @returns The content of the file, as plain data.
 */
export function tokenizerJson(
  { names, merges }: SubwordModel,
  tags: readonly string[] = [],
): object {
  const spaces = {
    type: "Metaspace",
    replacement: SPACE,
    "prepend_scheme": "always",
    split: true,
  };
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    "added_tokens": [...MARKS, ...tags].map((content, id) => ({
      id,
      content,
      "single_word": false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: {
      type: "Sequence",
      normalizers: [{ type: "NFC" }, { type: "Lowercase" }],
    },
    "pre_tokenizer": {
      type: "Sequence",
      pretokenizers: [spaces, {
        type: "Split",
        pattern: { Regex: "\\p{P}" },
        behavior: "Isolated",
        invert: false,
      }],
    },
    "post_processor": null,
    decoder: spaces,
    model: {
      type: "BPE",
      dropout: null,
      "unk_token": MARKS[3],
      "continuing_subword_prefix": null,
      "end_of_word_suffix": null,
      "fuse_unk": false,
      "byte_fallback": false,
      "ignore_merges": false,
      vocab: Object.fromEntries(names.map((name, i) => [name, i])),
      merges,
    },
  };
}
