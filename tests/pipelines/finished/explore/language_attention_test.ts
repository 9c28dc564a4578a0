import { assert, assertEquals, assertRejects } from "@std/assert";
import { loadData } from "../../../../pipelines/core/data/load_data.ts";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { exploredPage } from "../../../../pipelines/finished/explore/explored_page.ts";
import { languageAttention } from "../../../../pipelines/finished/explore/language_attention.ts";
import { loadRun } from "../../../../pipelines/finished/load_run.ts";
import { transformerFor } from "../../../../pipelines/language/build_transformer.ts";
import { textSource } from "../../../../pipelines/text/load_text.ts";
import { assertCausal, assertShared, recordData } from "./attention_rows.ts";
import type { AttentionMap } from "../../../../pipelines/viewer/explore/attention/attention_maps.ts";
import { leave } from "../leave_run.ts";

const quiet = { note: () => {}, signal: new AbortController().signal };

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
  await recordData(folder, dataset);
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
  await recordData(folder, { name: "grammar", sha256: "00" });
  await assertRejects(
    () => exploredPage(folder),
    RangeError,
    "Expected the text of the run, to take windows from: Expected data of SHA-256 00",
  );
  await Deno.remove(folder, { recursive: true });
});
