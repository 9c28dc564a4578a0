import { assertEquals, assertNotMatch, assertRejects } from "@std/assert";
import { attentionPage } from "../../../../../pipelines/viewer/explore/attention/attention_page.ts";
import { HOSTILE, MARKUP } from "../../viewed.ts";
import { attended } from "./attended_toy.ts";

Deno.test("hostile words of a run stay words in the page of attention", async () => {
  const [{ maps: [map] }] = attended.texts as [typeof attended.texts[number]];
  const rows = [HOSTILE, "</template>"];
  const page = await attentionPage({
    title: HOSTILE,
    about: HOSTILE,
    texts: [{
      name: HOSTILE,
      told: [[HOSTILE, HOSTILE]],
      maps: [{ ...map!, name: HOSTILE, rows }],
    }],
  });
  assertNotMatch(page, MARKUP);
  assertNotMatch(page, /https?:/);
  assertEquals(page.match(/<script>/g)?.length, 1);
  assertEquals(page.match(/<\/template>/g)?.length, 1);
});

Deno.test("the page of attention refuses no text, and weights that do not fit their words", async () => {
  await assertRejects(
    () => attentionPage({ ...attended, texts: [] }),
    RangeError,
    "Expected a text at least but found none",
  );
  const [text] = attended.texts;
  const maps = text!.maps.map((map) => ({ ...map, rows: ["one"] }));
  await assertRejects(
    () => attentionPage({ ...attended, texts: [{ ...text!, maps }] }),
    RangeError,
    'Expected 18 weights of "across" but found 36',
  );
});
