import { assertEquals, assertThrows } from "@std/assert";
import { openFile } from "../../../pipelines/core/data/known_data.ts";
import {
  expectContext,
  parseText,
  splitText,
} from "../../../pipelines/text/text.ts";
import { decode } from "../../../pipelines/text/vocabulary.ts";

Deno.test("parseText() reads UTF-8, without a byte order mark", async () => {
  const bytes = new TextEncoder().encode("\uFEFFnaïve\n");
  assertEquals(parseText(await openFile("x", bytes)), "naïve\n");
});

Deno.test("parseText() refuses an empty file and other encodings", async () => {
  const empty = await openFile("some/x", new Uint8Array());
  assertThrows(
    () => parseText(empty),
    SyntaxError,
    "Expected text but some/x is empty",
  );
  const latin1 = await openFile(
    "some/x",
    Uint8Array.of(0x6e, 0x61, 0xef, 0x76, 0x65),
  );
  assertThrows(
    () => parseText(latin1),
    SyntaxError,
    "Expected UTF-8 text in some/x but found other bytes",
  );
});

Deno.test("splitText() cuts 90 %, 5 % and 5 %, in order, over one vocabulary", () => {
  const text = "a".repeat(90) + "b".repeat(5) + "c".repeat(5);
  const { vocabulary, train, validation, test } = splitText(text);
  assertEquals(vocabulary, ["a", "b", "c"]);
  assertEquals(decode(train, vocabulary), "a".repeat(90));
  assertEquals(decode(validation, vocabulary), "b".repeat(5));
  assertEquals(decode(test, vocabulary), "c".repeat(5));
});

Deno.test("expectContext() wants one context and the next character in each split", () => {
  const text = splitText("abcdefghij".repeat(10));
  expectContext(text, 4);
  assertThrows(
    () => expectContext(text, 5),
    RangeError,
    "Expected more than context = 5 characters in the validation split but found 5",
  );
});
