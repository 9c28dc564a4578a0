import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../../../pipelines/core/run/checkpoints/safetensors.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { subwordTokens } from "../../../pipelines/text/subwords/subword_tokens.ts";
import { trainSubwords } from "../../../pipelines/text/subwords/train_subwords.ts";
import { sampleParameter } from "../../../pipelines/training/sample_parameter.ts";
import { decoderPool } from "../../../pipelines/text/decoding/compiled_decoder.ts";
import {
  chooseTarget,
  tokensPerWord,
} from "../../../pipelines/translation/stored_translator.ts";
import { encodeTransformer } from "../../../pipelines/translation/transformer_file.ts";
import { transformerTranslator } from "../../../pipelines/translation/transformer_translator.ts";
import { translateLine } from "../../../pipelines/translation/translate_line.ts";
import { decodeTranslator } from "../../../pipelines/translation/translator_file.ts";

const lines = ["ein hund ruft die katze .", "the dog calls the cat ."];
const tokens = subwordTokens(
  trainSubwords(lines, { size: 40, tags: ["<2de>", "<2en>"] }),
);
const vocabulary = {
  tokens,
  tags: { de: 4, en: 5 },
  tokensPerWord: tokensPerWord(lines, tokens),
};
const sizes = {
  vocabulary: tokens.names.length,
  maxLength: 30,
  normalization: "pre",
  layers: 2,
  width: 8,
  heads: 2,
  feedForward: 2,
} as const;

const create = () =>
  transformerTranslator(sizes, [4, 5], sampleParameter(keyFrom(3)));
const bytes = await encode();

async function encode(): Promise<Uint8Array<ArrayBuffer>> {
  using model = create();
  return await encodeTransformer(model, sizes, vocabulary);
}

const context = {
  device: "cpu",
  threads: 1,
  signal: new AbortController().signal,
} as const;
const search = { beams: 3, lengthPenalty: "length" } as const;

Deno.test("a file holds a transformer: it translates as before, into each language by its tag", async () => {
  using stored = await decodeTranslator(bytes, "the file");
  using pool = decoderPool(stored.decodable, context);
  using model = create();
  using before = decoderPool(model.decodable, context);
  const to = async (language: string, from = pool) => {
    const settings = { ...search, to: language };
    return await translateLine(lines[0]!, stored, from, settings);
  };
  const german = await to("de");
  assertEquals(await to("de", before), german);
  const english = await to("en");
  assertEquals(
    [german.sourceWords[0], english.sourceWords[0]],
    ["<2de>", "<2en>"],
  );
  assertEquals(german.sourceWords.slice(1), english.sourceWords.slice(1));
  assertEquals(german.sourceWords.at(-1), "<eos>");
  const scores = ({ best }: typeof german) =>
    best.map(({ hypothesis }) => hypothesis.score);
  assertEquals(scores(german).length, 3);
  assertEquals(scores(german), scores(german).toSorted((a, b) => b - a));
  assertEquals(scores(german)[0] === scores(english)[0], false);
  assertEquals(german.warnings, []);
  for (const row of german.attention) { // rows look at the source alone
    const sum = row.reduce((total, weight) => total + weight, 0);
    assertEquals(Math.abs(sum - 1) < 1e-5, true);
  }
});

Deno.test("lines tell what cannot be trusted: characters never seen, strange words, a great length", async () => {
  using stored = await decodeTranslator(bytes, "the file");
  using pool = decoderPool(stored.decodable, context);
  const told = async (line: string) => {
    const settings = { ...search, beams: 1, to: "en" };
    return await translateLine(line, stored, pool, settings);
  };
  assertEquals((await told(" \t")).best, []);
  const { unknown, warnings } = await told("die katze ruft ein č");
  assertEquals(unknown, ["č"]);
  assertEquals(warnings, ['Never seen, and left to a guess: "č"']);
  assertEquals((await told("niederhund erdkugel urgetuft")).warnings, [
    "3 words fall into 25 pieces, many more than is usual: the translator reads de, en",
  ]);
  assertEquals((await told("die katze ".repeat(5))).warnings, [
    "33 tokens, more than any sentence it learned from: the end may be lost",
  ]);
  const long = await told("die katze ".repeat(2000));
  assertEquals(long.warnings, ["Of 12003 tokens, only the first 256 are read"]);
  assertEquals(long.sourceWords.length, 256);
});

Deno.test("a language that the run does not write is refused with those that it writes", () => {
  const targets = { de: { tag: 4 }, en: { tag: 5 } };
  const rule = "Expected --to with one of de, en, which this run writes";
  assertThrows(
    () => chooseTarget({ targets }, undefined),
    RangeError,
    `${rule}, but found none`,
  );
  assertThrows(
    () => chooseTarget({ targets }, "fr"),
    RangeError,
    `${rule}, but found "fr"`,
  );
  assertThrows(
    () => chooseTarget({ targets: { en: {} } }, "de"),
    RangeError,
    'Expected --to with en, which this run writes, but found "de"',
  );
  assertEquals(chooseTarget({ targets: { en: {} } }, undefined), "en");
  assertEquals(chooseTarget({ targets }, "de"), "de");
});

Deno.test("a damaged file of a transformer is refused by name", async () => {
  const { tensors, metadata } = await decodeSafetensors(bytes, "the file");
  const refused = async (
    changes: Readonly<Record<string, string>>,
    error: new (...args: never[]) => Error,
    message: string,
  ) => {
    const changed = { tensors, metadata: { ...metadata, ...changes } };
    await assertRejects(
      () => decodeTranslator(encodeSafetensors(changed), "the file"),
      error,
      message,
    );
  };
  const sized = (change: object) => JSON.stringify({ ...sizes, ...change });
  await refused({ transformer: sized({ layers: 0 }) }, SyntaxError, "layers: ");
  await refused({ transformer: "{" }, SyntaxError, "Expected the sizes in");
  await refused(
    { transformer: sized({ vocabulary: 39 }) },
    SyntaxError,
    "Expected the file to name 39 pieces but found 40",
  );
  await refused(
    { transformer: sized({ width: 16 }) },
    RangeError,
    "Expected weights",
  );
  await refused({ vocabulary: "[]" }, SyntaxError, "the vocabulary in");
});
