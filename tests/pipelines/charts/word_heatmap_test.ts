import { assert, assertEquals, assertThrows } from "@std/assert";
import { wordHeatmap } from "../../../pipelines/charts/word_heatmap.ts";
import { readPng } from "./read_png.ts";

const options = {
  name: "attention",
  title: "Attention",
  columnTitle: "source",
  rowTitle: "target",
  valueTitle: "attention",
};

Deno.test("wordHeatmap() writes the words of both axes, a word that occurs twice too", async () => {
  const { svg, png } = await wordHeatmap({
    ...options,
    panels: [{
      columns: ["der", "hund", "der"],
      rows: ["dog"],
      values: [[0, 1, 0]],
      marked: [[0, 1]],
    }],
  });
  assertEquals(svg.match(/>der</g)?.length, 2);
  for (const word of ["hund", "dog", "source", "target"]) {
    assert(svg.includes(`>${word}<`), word);
  }
  assert((await readPng(png)).width > 100);
});

Deno.test("wordHeatmap() refuses values that do not fit the words", () => {
  assertThrows(
    () =>
      wordHeatmap({
        ...options,
        panels: [{ columns: ["a", "b"], rows: ["c"], values: [[0]] }],
      }),
    RangeError,
    "Expected 1 x 2 values in attention but found 1 rows of 1",
  );
  assertThrows(
    () => wordHeatmap({ ...options, panels: [] }),
    RangeError,
    "Expected a panel in attention but found none",
  );
});
