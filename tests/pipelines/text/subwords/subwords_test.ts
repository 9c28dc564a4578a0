import { Tokenizer } from "@huggingface/tokenizers";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { builtInTranslation } from "../../../../pipelines/text/parallel/built_in_translation.ts";
import { UNK } from "../../../../pipelines/text/parallel/tokens.ts";
import { splitPieces } from "../../../../pipelines/text/subwords/split_pieces.ts";
import { subwordTokens } from "../../../../pipelines/text/subwords/subword_tokens.ts";
import { tokenizerJson } from "../../../../pipelines/text/subwords/tokenizer_json.ts";
import { trainSubwords } from "../../../../pipelines/text/subwords/train_subwords.ts";
import golden from "../../../golden/translation/subwords.json" with {
  type: "json",
};

const { train, test } = builtInTranslation();
const lines = ["de", "en"].flatMap((language) =>
  train.lines[language]!.slice(0, 1500)
);

Deno.test("pieces and merges are those of Hugging Face's trainer, ties too", () => {
  const { names, merges } = trainSubwords(golden.lines, golden);
  assertEquals(merges, golden.merges as [string, string][]);
  assertEquals(names, golden.names);
});

Deno.test("new lines are cut as Hugging Face's tokenizer cuts them", () => {
  const { encode } = subwordTokens(trainSubwords(golden.lines, golden));
  for (const { line, ids } of golden.new) assertEquals(encode(line), ids, line);
});

Deno.test("tokenizer.json, read by another program, gives the same pieces", () => {
  const tags = ["<2en>", "<2de>"];
  const model = trainSubwords(lines, { size: 160, tags });
  const own = subwordTokens(model);
  const other = new Tokenizer(tokenizerJson(model, tags), {});
  for (const line of [...test.lines["de"]!.slice(0, 50), "Ein Schnee-Hund!"]) {
    const { ids } = other.encode(line);
    assertEquals(own.encode(line), ids, line);
  }
});

Deno.test("a sentence of known characters comes back", () => {
  const tokens = subwordTokens(trainSubwords(lines, { size: 120 }));
  for (const line of test.lines["en"]!.slice(0, 50)) {
    const ids = tokens.encode(line);
    assertEquals(tokens.decode(ids), line);
    assert(ids.every((id) => id !== UNK));
  }
});

Deno.test("the first merge by hand: a word begins with `a` four times, then `aa` three times", () => {
  const { merges, names } = trainSubwords(["aa aa aab ab"], { size: 9 });
  assertEquals(merges[0], ["▁", "a"]);
  assertEquals(merges[1], ["▁a", "a"]);
  assertEquals(names.slice(4), ["a", "b", "▁", "▁a", "▁aa"]);
});

Deno.test("pieces never cross a space or punctuation", () => {
  assertEquals(splitPieces("Ein T-Shirt."), [
    "▁ein",
    "▁t",
    "-",
    "shirt",
    ".",
  ]);
  const { names } = trainSubwords(lines, { size: 160 });
  assert(names.slice(4).every((name) => name.lastIndexOf("▁") <= 0));
});

Deno.test("fewer pieces than characters are refused", () => {
  assertThrows(
    () => trainSubwords(["abc"], { size: 5 }),
    RangeError,
    "Expected at least 8 pieces, for marks and characters, but found 5",
  );
});
