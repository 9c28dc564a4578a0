import { assertEquals, assertThrows } from "@std/assert";
import type { DataFile } from "../../../../pipelines/core/data/known_data.ts";
import {
  joinLines,
  parseLines,
  parseParallel,
} from "../../../../pipelines/text/parallel/parse_parallel.ts";

function fileOf(path: string, content: string | Uint8Array): DataFile {
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : new Uint8Array(content);
  return { path, bytes, sha256: "" };
}

const german = (lines: readonly string[]) => ({
  language: "de",
  path: "train.de",
  lines,
});
const english = (lines: readonly string[]) => ({
  language: "en",
  path: "train.en",
  lines,
});

Deno.test("lines lose a byte order mark, carriage returns and the white space around them", () => {
  const file = fileOf("a", "\ufeffein hund \r\n  zwei\r\n");
  assertEquals(parseLines(file), ["ein hund", "zwei"]);
});

Deno.test("a last line without a new line counts, and an empty one in the middle stays", () => {
  assertEquals(parseLines(fileOf("a", "x\n\ny")), ["x", "", "y"]);
});

Deno.test("bytes that are not UTF-8 are refused with the number of their line", () => {
  const latin1 = Uint8Array.of(0x61, 0x0a, 0x67, 0xe4, 0x72, 0x0a); // "a\ng\u00e4r\n"
  assertThrows(
    () => parseLines(fileOf("train.de", latin1)),
    SyntaxError,
    "Expected UTF-8 text in train.de but found other bytes in line 2",
  );
});

Deno.test("an empty file is refused", () => {
  assertThrows(
    () => parseLines(fileOf("train.de", "\n")),
    SyntaxError,
    "Expected sentences but train.de is empty",
  );
});

Deno.test("pairs with an empty side are left out and counted", () => {
  const { lines, counts } = joinLines([
    german(["eins", "", "drei", ""]),
    english(["one", "two", "", ""]),
  ]);
  assertEquals(lines, { de: ["eins"], en: ["one"] });
  assertEquals(counts, { read: 4, empty: 3, composed: 0 });
});

Deno.test("decomposed letters are composed and counted", () => {
  const { lines, counts } = joinLines([
    german(["ma\u0308nner", "hund"]),
    english(["men", "dog"]),
  ]);
  assertEquals(lines["de"], ["m\u00e4nner", "hund"]);
  assertEquals(counts, { read: 2, empty: 0, composed: 1 });
});

Deno.test("different numbers of lines are refused with both numbers", () => {
  assertThrows(
    () => joinLines([german(["eins", "zwei"]), english(["one"])]),
    SyntaxError,
    "Expected as many lines in train.en as in train.de, 2, but found 1",
  );
});

Deno.test("files come language by language: training, validation, test", () => {
  const files = ["a", "b", "c", "A", "B", "C"].map((line) =>
    fileOf(line, line)
  );
  const text = parseParallel(files, ["de", "en"]);
  assertEquals(text.train.lines, { de: ["a"], en: ["A"] });
  assertEquals(text.validation.lines, { de: ["b"], en: ["B"] });
  assertEquals(text.test.lines, { de: ["c"], en: ["C"] });
});
