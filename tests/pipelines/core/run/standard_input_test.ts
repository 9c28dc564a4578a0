import { assertEquals, assertRejects } from "@std/assert";
import { readInputLines } from "../../../../pipelines/core/run/standard_input.ts";

/** Lines of bytes that come in pieces. */
function linesOf(...pieces: readonly (readonly number[])[]): Promise<string[]> {
  const chunks = pieces.map((piece) => Uint8Array.from(piece));
  return Array.fromAsync(readInputLines(ReadableStream.from(chunks)));
}

const bytes = (text: string) => [...new TextEncoder().encode(text)];

Deno.test("lines come without their ends, however the bytes are cut", async () => {
  assertEquals(await linesOf(), []);
  assertEquals(await linesOf(bytes("a\r\n\nb\n")), ["a", "", "b"]);
  assertEquals(await linesOf(bytes("a\nlast")), ["a", "last"]);
  const text = bytes("größe\r\nder 猫\n");
  assertEquals(await linesOf(...text.map((byte) => [byte])), [
    "größe",
    "der 猫",
  ]);
});

Deno.test("an input that is not UTF-8 is refused by that rule, also where it ends within a character", async () => {
  const rule = "Expected the standard input to be UTF-8";
  for (const end of [[0xff, 10], [0xc3]]) {
    await assertRejects(
      () => linesOf([...bytes("a\n"), ...end]),
      TypeError,
      rule,
    );
  }
});
