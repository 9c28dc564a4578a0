import { assertEquals, assertThrows } from "@std/assert";
import { parseIdx } from "../../../pipelines/images/idx.ts";

// Magic number 0x00000802, 2 x 3, then six bytes.
const whole = Uint8Array.fromHex(
  "00000802" + "00000002" + "00000003" + "0a0b0c0d0e0f",
);

Deno.test("parseIdx() reads the shape and the elements", () => {
  const { shape, values } = parseIdx(whole, 2, "x");
  assertEquals(shape, [2, 3]);
  assertEquals(values, Uint8Array.of(10, 11, 12, 13, 14, 15));
});

Deno.test("parseIdx() reads an array inside a larger buffer", () => {
  const larger = new Uint8Array([9, 9, 9, ...whole]);
  assertEquals(parseIdx(larger.subarray(3), 2, "x"), parseIdx(whole, 2, "x"));
});

for (
  const [name, hex, message] of [
    ["an empty file", "", "Expected an IDX file but some/x is empty"],
    [
      "text",
      "3c68746d6c3e",
      "Expected some/x to start with an IDX magic number (0000, a data type, the number of dimensions) but found 3c68746d",
    ],
    ["an unknown data type", "00000a02" + "00".repeat(8), "but found 00000a02"],
    [
      "floats",
      "00000d02" + "00".repeat(8),
      "Expected some/x to hold unsigned bytes (08) but found 32-bit floats in its magic number 00000d02",
    ],
    [
      "another number of dimensions",
      "00000801" + "00000001" + "00",
      "Expected some/x to have 2 dimensions but found 1 in its magic number 00000801",
    ],
    [
      "a truncated header",
      "00000802" + "000000",
      "Expected a header of 12 bytes in some/x but found 7 bytes (truncated)",
    ],
    [
      "too few elements",
      "00000802" + "00000002" + "00000003" + "0a0b",
      "Expected 2 x 3 = 6 bytes after the header of some/x but found 2 (truncated)",
    ],
    [
      "trailing bytes",
      "00000802" + "00000001" + "00000001" + "0a0b",
      "Expected 1 x 1 = 1 bytes after the header of some/x but found 2 (with trailing bytes)",
    ],
    [
      "lengths beyond memory",
      "00000802" + "ffffffff" + "ffffffff",
      "(truncated)",
    ],
  ] as const
) {
  Deno.test(`parseIdx() refuses ${name}`, () => {
    const bytes = Uint8Array.fromHex(hex);
    assertThrows(() => parseIdx(bytes, 2, "some/x"), SyntaxError, message);
  });
}
