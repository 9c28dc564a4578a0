import type {
  Attended,
  AttendedText,
  AttentionMap,
} from "../../../../../pipelines/viewer/explore/attention/attention_maps.ts";

/** A map whose weights are 0, 1, 2, ... in the order of layer, head, row and column. */
function map(
  name: string,
  rows: readonly string[],
  columns: readonly string[],
): AttentionMap {
  const [layers, heads] = [2, 3];
  const weights = Uint8Array.from(
    { length: layers * heads * rows.length * columns.length },
    (_, i) => i % 256,
  );
  const titles = { rowTitle: "Predicting word", columnTitle: "source word" };
  return { name, ...titles, rows, columns, layers, heads, weights };
}

function text(name: string, words: readonly string[]): AttendedText {
  return {
    name,
    told: [["Translation", words.join(" ")]],
    maps: [
      map("across", words, ["ein", "hund", "<eos>"]),
      map("within", words, words),
    ],
  };
}

/** Two texts with two maps each, of two layers and three heads. */
export const attended: Attended = {
  title: "a toy",
  about: "about it",
  texts: [
    text("first of two texts ".repeat(9), ["a", "dog"]),
    text("second", ["b", "cat", "sat"]),
  ],
};
