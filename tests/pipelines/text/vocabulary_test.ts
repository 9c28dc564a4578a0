import { assertEquals, assertThrows } from "@std/assert";
import {
  decode,
  encode,
  vocabularyOf,
} from "../../../pipelines/text/vocabulary.ts";

Deno.test("vocabularyOf() sorts by code point, beyond 16 bits too", () => {
  // UTF-16 order would put the surrogates of U+1D11E before U+FB01.
  assertEquals(vocabularyOf("b\u{1D11E}a\uFB01ab\n"), [
    "\n",
    "a",
    "b",
    "\uFB01",
    "\u{1D11E}",
  ]);
});

Deno.test("decode() undoes encode()", () => {
  const text = "to be, \u{1D11E} or not";
  const vocabulary = vocabularyOf(text);
  const indices = encode(text, vocabulary);
  assertEquals(indices.length, 15); // one for each code point
  assertEquals(decode(indices, vocabulary), text);
});

Deno.test("encode() refuses characters outside the vocabulary", () => {
  assertThrows(
    () => encode("ab\n", ["a", "b"]),
    RangeError,
    'Expected characters of the vocabulary but found "\\n" at character 2',
  );
});

Deno.test("decode() refuses indices without a character", () => {
  assertThrows(
    () => decode([0, 2], ["a", "b"]),
    RangeError,
    "Expected an index below 2 but found 2",
  );
});
