import { assert, assertEquals } from "@std/assert";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { splitWords } from "../../../pipelines/text/parallel/words.ts";
import { sampleParameter } from "../../../pipelines/training/sample_parameter.ts";
import { recurrentTranslator } from "../../../pipelines/translation/build_seq2seq.ts";
import { decoderPool } from "../../../pipelines/text/decoding/compiled_decoder.ts";
import { writeTest } from "../../../pipelines/translation/evaluate_translator.ts";
import { translateLine } from "../../../pipelines/translation/translate_line.ts";
import {
  decodeTranslator,
  encodeTranslator,
} from "../../../pipelines/translation/translator_file.ts";
import { smallCorpus } from "./small_corpus.ts";

const cut = { tokens: "subwords", pieces: 64, maxLength: 40 } as const;
const corpus = await smallCorpus(160, cut);
const { sourceTokens, targetTokens, test, train } = corpus;

Deno.test("subwords: each language has pieces of its own, which write the sentences of the file again", () => {
  assertEquals(sourceTokens.names.length, 64);
  assert(sourceTokens.merges!.length > 0);
  assert(`${targetTokens.merges}` !== `${sourceTokens.merges}`);
  for (const { source, target, sourceLine, targetLine } of train) {
    const line = sourceTokens.decode(source.slice(0, -1)); // without the end
    assertEquals(line, sourceLine.toLowerCase());
    assertEquals(targetTokens.decode(target.slice(0, -1)), targetLine);
  }
  assertEquals(corpus.links, undefined); // they join words
});

Deno.test("a translator of pieces: its file cuts and writes as it does, and lengths are counted in words", async () => {
  const create = () =>
    recurrentTranslator(
      {
        vocabulary: {
          source: sourceTokens.names.length,
          target: targetTokens.names.length,
        },
        ...{ embedding: 8, units: 8, attention: "additive", maxSource: 40 },
      },
      sampleParameter(keyFrom(1)),
    );
  using translator = create();
  const bytes = await encodeTranslator(translator, corpus, "eos");
  using stored = await decodeTranslator(bytes, "the file");
  assertEquals(stored.sourceTokens.names, sourceTokens.names);
  assertEquals(stored.sourceTokens.merges, sourceTokens.merges);
  assertEquals(stored.targetTokens.merges, targetTokens.merges);
  const lines = train.map(({ sourceLine }) => sourceLine);
  const words = lines.flatMap(splitWords).length;
  const pieces = lines.flatMap(sourceTokens.encode).length;
  assertEquals(stored.tokensPerWord, pieces / words);

  const signal = new AbortController().signal;
  const context = { device: "cpu", threads: 1, signal } as const;
  using pool = decoderPool(stored.decodable, context);
  const search = { beams: 1, lengthPenalty: "none" } as const;
  const line = "der hund ruft die katze .";
  const found = await translateLine(line, stored, pool, search);
  assertEquals(
    found.sourceWords,
    [...stored.sourceTokens.encode(line), 2]
      .map((id) => sourceTokens.names[id]!),
  );
  assert(found.sourceWords.length > splitWords(line).length + 1);
  assertEquals(found.attention.length, found.targetWords.length);

  const key = keyFrom(0);
  const { byLength } = await writeTest(pool, corpus, search, { key });
  const lengths = test.map(({ sourceLine }) => splitWords(sourceLine).length);
  assertEquals(byLength[0]!.range[0], Math.min(...lengths));
  assertEquals(byLength.at(-1)!.range[1], Math.max(...lengths));
});
