import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
} from "@std/assert";
import type { Json } from "../../../../pipelines/core/context.ts";
import { loadData } from "../../../../pipelines/core/data/load_data.ts";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { readRecord } from "../../../../pipelines/core/run/run_record.ts";
import { exploredPage } from "../../../../pipelines/finished/explore/explored_page.ts";
import { translationAttention } from "../../../../pipelines/finished/explore/translation_attention.ts";
import { parallelSource } from "../../../../pipelines/text/parallel/load_parallel.ts";
import { subwordTokens } from "../../../../pipelines/text/subwords/subword_tokens.ts";
import { trainSubwords } from "../../../../pipelines/text/subwords/train_subwords.ts";
import { sampleParameter } from "../../../../pipelines/training/sample_parameter.ts";
import { recurrentTranslator } from "../../../../pipelines/translation/build_seq2seq.ts";
import { decoderPool } from "../../../../pipelines/text/decoding/compiled_decoder.ts";
import type { StoredTranslator } from "../../../../pipelines/translation/stored_translator.ts";
import { encodeTransformer } from "../../../../pipelines/translation/transformer_file.ts";
import { transformerTranslator } from "../../../../pipelines/translation/transformer_translator.ts";
import { translateLine } from "../../../../pipelines/translation/translate_line.ts";
import {
  decodeTranslator,
  encodeTranslator,
  TRANSLATOR_FILE,
} from "../../../../pipelines/translation/translator_file.ts";
import {
  assertCausal,
  assertShared,
  recordData,
  rowOf,
} from "./attention_rows.ts";
import type { AttentionMap } from "../../../../pipelines/viewer/explore/attention/attention_maps.ts";
import { smallCorpus } from "../../translation/small_corpus.ts";
import { leave } from "../leave_run.ts";

const quiet = { note: () => {}, signal: new AbortController().signal };

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
  await recordData(folder, dataset);
  await Deno.writeFile(`${folder}/${TRANSLATOR_FILE}`, bytes);
  return { folder, stored: await decodeTranslator(bytes, folder) };
}
