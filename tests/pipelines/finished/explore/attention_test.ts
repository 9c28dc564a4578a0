import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
} from "@std/assert";
import type { Json } from "../../../../pipelines/core/context.ts";
import { loadData } from "../../../../pipelines/core/data/load_data.ts";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import {
  readRecord,
  writeRecord,
} from "../../../../pipelines/core/run/run_record.ts";
import { exploredPage } from "../../../../pipelines/finished/explore/explored_page.ts";
import { languageAttention } from "../../../../pipelines/finished/explore/language_attention.ts";
import { translationAttention } from "../../../../pipelines/finished/explore/translation_attention.ts";
import { loadRun } from "../../../../pipelines/finished/load_run.ts";
import { transformerFor } from "../../../../pipelines/language/build_transformer.ts";
import { textSource } from "../../../../pipelines/text/load_text.ts";
import { parallelSource } from "../../../../pipelines/text/parallel/load_parallel.ts";
import { subwordTokens } from "../../../../pipelines/text/subwords/subword_tokens.ts";
import { trainSubwords } from "../../../../pipelines/text/subwords/train_subwords.ts";
import { sampleParameter } from "../../../../pipelines/training/sample_parameter.ts";
import { recurrentTranslator } from "../../../../pipelines/translation/build_seq2seq.ts";
import { decoderPool } from "../../../../pipelines/translation/compiled_decoder.ts";
import type { StoredTranslator } from "../../../../pipelines/translation/stored_translator.ts";
import { encodeTransformer } from "../../../../pipelines/translation/transformer_file.ts";
import { transformerTranslator } from "../../../../pipelines/translation/transformer_translator.ts";
import { translateLine } from "../../../../pipelines/translation/translate_line.ts";
import {
  decodeTranslator,
  encodeTranslator,
  TRANSLATOR_FILE,
} from "../../../../pipelines/translation/translator_file.ts";
import type { AttentionMap } from "../../../../pipelines/viewer/explore/attention/attention_maps.ts";
import { smallCorpus } from "../../translation/small_corpus.ts";
import { leave } from "../leave_run.ts";

const quiet = { note: () => {}, signal: new AbortController().signal };

/** The weights of one row, from 0 to 1. */
function rowOf(
  { weights, heads, rows, columns }: AttentionMap,
  [layer, head, row]: readonly [number, number, number],
): readonly number[] {
  const at = ((layer * heads + head) * rows.length + row) * columns.length;
  return [...weights.subarray(at, at + columns.length)].map((x) => x / 255);
}

/** Expects each row to share out 1, within half a step of 1/255 for each column. */
function assertShared(map: AttentionMap): void {
  for (let layer = 0; layer < map.layers; layer++) {
    for (let head = 0; head < map.heads; head++) {
      map.rows.forEach((_, row) => {
        const sum = rowOf(map, [layer, head, row]).reduce((a, b) => a + b, 0);
        assertAlmostEquals(sum, 1, map.columns.length / 510 + 1e-5);
      });
    }
  }
}

/** Expects no position to look at a later one. */
function assertCausal(map: AttentionMap): void {
  for (let layer = 0; layer < map.layers; layer++) {
    map.rows.forEach((_, row) => {
      const later = rowOf(map, [layer, 0, row]).slice(row + 1);
      assert(later.every((weight) => weight === 0));
    });
  }
}

const sizes = {
  translation: "copy",
  width: 8,
  heads: 2,
  feedForward: 2,
  activation: "relu",
  positions: "sinusoidal",
  initialization: "glorot",
  normalization: "pre",
  layers: 3,
} as const;

/** A run of a transformer on the built-in text. */
async function leaveLanguage(architecture: "causal" | "encoder-decoder") {
  const { data, dataset } = await loadData("grammar", textSource, quiet);
  const { vocabulary } = data;
  const context = architecture === "causal" ? 70 : 20;
  const config = { ...sizes, architecture, context };
  using model = transformerFor(vocabulary, config, keyFrom(1));
  const told = { vocabulary: JSON.stringify(vocabulary) };
  const folder = await leave(
    { ...config, data: "auto" },
    model.variables,
    told,
  );
  const facts = { dataset: { ...dataset } as Record<string, Json> };
  writeRecord(folder, { ...await readRecord(folder), facts });
  return folder;
}

for (const architecture of ["causal", "encoder-decoder"] as const) {
  Deno.test(`windows of the test text show where a transformer (${architecture}) looks`, async () => {
    const folder = await leaveLanguage(architecture);
    using run = await loadRun(folder);
    const { page } = await exploredPage(folder, "tfjs");
    assert(page.includes("a, seed 0: attention"));
    await Deno.remove(folder, { recursive: true });
    assert(run.model?.kind === "language");
    const { texts } = await languageAttention(run, run.model.language);
    assertEquals(texts.length, 6);
    for (const { maps } of texts) {
      maps.forEach(assertShared);
      const size = maps.map((map) => [map.rows.length, map.columns.length]);
      const names = maps.map(({ name }) => name);
      if (architecture === "causal") {
        assertEquals(names, ["At the text so far"]);
        assertEquals(size, [[64, 64]]); // of 70, which would be too many to see
        const [{ rows, columns }] = maps as [AttentionMap];
        assertEquals(columns.slice(1), rows.slice(0, -1)); // what is read was predicted before
        assertCausal(maps[0]!);
      } else {
        assertEquals(names, [
          "Decoder, at the source",
          "Decoder, at what it has written",
          "Encoder, at the source",
        ]);
        assertEquals(size, [[20, 20], [20, 20], [20, 20]]);
        assertEquals(maps[0]!.rows, maps[0]!.columns); // it copies
        assertEquals(maps[1]!.columns[0], "▷");
        assertCausal(maps[1]!);
      }
    }
    const begins = texts.map(({ maps: [map] }) => map!.rows.join(""));
    assertEquals(new Set(begins).size, 6);
  });
}

Deno.test("a text that is no longer what the run saw is refused with the reason", async () => {
  const folder = await leaveLanguage("causal");
  const record = await readRecord(folder);
  const facts = { dataset: { name: "grammar", sha256: "00" } };
  writeRecord(folder, { ...record, facts });
  await assertRejects(
    () => exploredPage(folder),
    RangeError,
    "Expected the text of the run, to take windows from: Expected data of SHA-256 00",
  );
  await Deno.remove(folder, { recursive: true });
});

/** Expects maps of sentences whose attention to the source is what `deno task translate` tells of the same lines. */
async function assertTranslated(
  folder: string,
  stored: StoredTranslator,
  directions: readonly string[],
): Promise<readonly AttentionMap[]> {
  const record = await readRecord(folder);
  const { texts } = await translationAttention(record, stored, "cpu");
  using pool = decoderPool(stored.decodable, {
    device: "cpu",
    threads: 1,
    signal: quiet.signal,
  });
  assertEquals([...new Set(texts.map(({ name }) => name.slice(0, 8)))], [
    ...directions,
  ]);
  assertEquals(texts.length, 12);
  for (const { name, told, maps } of texts.filter((_, i) => i % 5 === 0)) {
    const [, to, line = ""] = /to (\w+): (.*)/.exec(name)!;
    const search = { beams: 5, lengthPenalty: "length", to: to! } as const;
    const found = await translateLine(line, stored, pool, search);
    assertEquals(told[0], ["Translation", found.best[0]!.text]);
    maps.forEach(assertShared);
    const [cross] = maps as [AttentionMap];
    assertEquals(cross.rows, found.targetWords);
    assertEquals(cross.columns, found.sourceWords);
    const heads = Array.from({ length: cross.heads }, (_, head) => head);
    found.attention.forEach((expected, row) => {
      const rows = heads.map((head) =>
        rowOf(cross, [cross.layers - 1, head, row])
      );
      expected.forEach((weight, column) => {
        const sum = rows.reduce((total, one) => total + one[column]!, 0);
        assertAlmostEquals(sum / heads.length, weight, 1 / 510 + 1e-4);
      });
    });
  }
  return texts[0]!.maps;
}

for (const attention of ["additive", "location"] as const) {
  Deno.test(`test sentences show where a recurrent translator looks (${attention}), as deno task translate tells it`, async () => {
    const corpus = await smallCorpus(200, { maxLength: 20 });
    const model = { embedding: 6, units: 5, attention, maxSource: 20 };
    const vocabulary = {
      source: corpus.sourceTokens.names.length,
      target: corpus.targetTokens.names.length,
    };
    using translator = recurrentTranslator(
      { ...model, vocabulary },
      sampleParameter(keyFrom(4)),
    );
    const { folder, stored } = await leaveTranslator(
      await encodeTranslator(translator, corpus, "eos"),
      { source: "de", target: "en" },
    );
    using _ = stored;
    const maps = await assertTranslated(folder, stored, ["de to en"]);
    assertEquals(maps.map(({ layers, heads }) => [layers, heads]), [[1, 1]]);
    await Deno.remove(folder, { recursive: true });
  });
}

Deno.test("test sentences show where all layers and heads of a transformer look, in each direction", async () => {
  const { folder, stored } = await leaveTranslator(await someTransformer(), {
    others: ["de", "fr"], // the built-in sentences have no French
  });
  using _ = stored;
  const maps = await assertTranslated(folder, stored, ["en to de", "de to en"]);
  assertEquals(
    maps.map(({ layers, heads }) => [layers, heads]),
    [[2, 2], [2, 2], [2, 2]],
  );
  assertCausal(maps[1]!);
  assertEquals(maps[1]!.columns[0], "<sos>");
  const { page } = await exploredPage(folder);
  assert(page.includes("Where 2 layers of 2 heads look"));
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a translator without attention is refused", async () => {
  const corpus = await smallCorpus(50);
  const vocabulary = {
    source: corpus.sourceTokens.names.length,
    target: corpus.targetTokens.names.length,
  };
  using translator = recurrentTranslator(
    { embedding: 6, units: 5, attention: "none", maxSource: 14, vocabulary },
    sampleParameter(keyFrom(4)),
  );
  const { folder, stored } = await leaveTranslator(
    await encodeTranslator(translator, corpus, "eos"),
    { source: "de", target: "en" },
  );
  stored[Symbol.dispose]();
  await assertRejects(
    () => exploredPage(folder, "tfjs"),
    RangeError,
    "found a translator of a without attention",
  );
  await Deno.remove(folder, { recursive: true });
});

async function someTransformer(): Promise<Uint8Array<ArrayBuffer>> {
  const { data } = await loadData(
    "grammar",
    parallelSource(["de", "en"]),
    quiet,
  );
  const { lines } = data.train;
  const tokens = subwordTokens(
    trainSubwords(
      [...lines["de"]!.slice(0, 50), ...lines["en"]!.slice(0, 50)],
      {
        size: 400,
        tags: ["<2en>", "<2de>"],
      },
    ),
  );
  const sizes = {
    vocabulary: tokens.names.length,
    maxLength: 30,
    normalization: "pre",
    layers: 2,
    width: 8,
    heads: 2,
    feedForward: 2,
  } as const;
  using model = transformerTranslator(
    sizes,
    [4, 5],
    sampleParameter(keyFrom(3)),
  );
  const tags = { en: 4, de: 5 };
  return await encodeTransformer(model, sizes, {
    tokens,
    tags,
    tokensPerWord: 3,
  });
}

/** A run of a translator on the built-in sentences. */
async function leaveTranslator(
  bytes: Uint8Array<ArrayBuffer>,
  config: Readonly<Record<string, Json>>,
) {
  const { dataset } = await loadData(
    "grammar",
    parallelSource(["de", "en"]),
    quiet,
  );
  const folder = await leave({ ...config, data: "grammar" }, {}, {});
  const facts = { dataset: { ...dataset } as Record<string, Json> };
  writeRecord(folder, { ...await readRecord(folder), facts });
  await Deno.writeFile(`${folder}/${TRANSLATOR_FILE}`, bytes);
  return { folder, stored: await decodeTranslator(bytes, folder) };
}
