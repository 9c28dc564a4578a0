import { assertEquals, assertThrows } from "@std/assert";
import { parseCsv } from "../../../../../pipelines/core/data/formats/csv.ts";

const parse = (text: string) =>
  parseCsv(new TextEncoder().encode(text), "a.csv");

Deno.test("parseCsv() reads numbers of all spellings", () => {
  const { header, rows, columns, values } = parse("0,255\n-1.5, 2e3 \n.5,+7\n");
  assertEquals([header, rows, columns], [undefined, 3, 2]);
  assertEquals([...values], [0, 255, -1.5, 2000, 0.5, 7]);
});

Deno.test("parseCsv() takes CRLF, a byte order mark, blank lines, and no last newline", () => {
  const { header, values } = parse("\ufeffa,b\r\n1,2\r\n\r\n3,4");
  assertEquals(header, ["a", "b"]);
  assertEquals([...values], [1, 2, 3, 4]);
});

Deno.test("parseCsv() keeps words by their cell, quotes and commas in them included", () => {
  const { values, words, columns } = parse('label,x\n"a ""b"", c",1\nd,"2"\n');
  assertEquals(columns, 2);
  assertEquals([...words], [[0, 'a "b", c'], [2, "d"]]);
  assertEquals([...values], [NaN, 1, NaN, 2]);
});

Deno.test("parseCsv() reads whole numbers that are too long for its fast way", () => {
  assertEquals([...parse("12345678901234567890,1\n").values], [
    12345678901234567890,
    1,
  ]);
});

const hostile: readonly (readonly [string, string | Uint8Array, string])[] = [
  ["an empty file", "", "rows of data"],
  ["a header alone", "a,b\n", "rows of data"],
  [
    "rows of different lengths",
    "1,2\n3\n",
    "2 cells in row 2 of a.csv but found 1",
  ],
  ["a longer row", "1,2\n3,4,5\n", "2 cells in row 2 of a.csv but found 3"],
  ["an open quote", 'a,b\n"1,2\n', "closing quote"],
  ["text after a quote", 'a,b\n"1"x,2\n', "closing quote"],
  ["bytes that are not UTF-8", Uint8Array.of(0x61, 0x2c, 0xff, 0x0a), "UTF-8"],
];
for (const [name, text, message] of hostile) {
  Deno.test(`parseCsv() refuses ${name}`, () => {
    const bytes = typeof text === "string"
      ? new TextEncoder().encode(text)
      : new Uint8Array(text);
    assertThrows(() => parseCsv(bytes, "a.csv"), SyntaxError, message);
  });
}
