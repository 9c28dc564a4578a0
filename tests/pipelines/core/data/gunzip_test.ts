import { assertEquals, assertThrows } from "@std/assert";
import { gzipSync } from "node:zlib";
import { gunzip } from "../../../../pipelines/core/data/gunzip.ts";

const plain = Uint8Array.from({ length: 5_000 }, (_, i) => i * i);
const most = 5_000;

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const whole = joined(gzipSync(plain));

Deno.test("gunzip() gives back what was compressed", () => {
  assertEquals(gunzip(whole, "x.gz", most), plain);
});

Deno.test("gunzip() reads several members, and zeros that pad the last", () => {
  const [first, second] = [plain.subarray(0, 1_000), plain.subarray(1_000)]
    .map((part) => gzipSync(part));
  const members = joined(first!, second!); // two of two
  assertEquals(gunzip(members, "x.gz", most), plain);
  const padded = joined(whole, new Uint8Array(512));
  assertEquals(gunzip(padded, "x.gz", most), plain);
});

Deno.test("gunzip() leaves bytes without gzip alone", () => {
  assertEquals(gunzip(plain, "x", most), plain);
  assertEquals(gunzip(new Uint8Array(), "x", most), new Uint8Array());
});

Deno.test("gunzip() refuses a truncated, damaged or longer stream and names the file", () => {
  const damaged = whole.slice();
  damaged[whole.length - 6]! ^= 1; // in the checksum of RFC 1952, section 2.3.1
  const longer = joined(whole, Uint8Array.of(1, 2, 3));
  const second = joined(whole, whole.subarray(0, 15));
  for (
    const wrong of [
      whole.slice(0, 100),
      whole.slice(0, -1),
      damaged,
      longer,
      second,
    ]
  ) {
    assertThrows(
      () => gunzip(wrong, "some/x.gz", most),
      SyntaxError,
      `Expected a whole gzip stream in some/x.gz but found ${wrong.length} bytes`,
    );
  }
});

Deno.test("gunzip() stops at the most bytes that may come out", () => {
  const message =
    "Expected x to hold at most 4999 bytes without gzip but it is larger";
  assertThrows(() => gunzip(whole, "x", 4_999), RangeError, message);
  assertThrows(() => gunzip(plain, "x", 4_999), RangeError, message);
  const bomb = joined(gzipSync(new Uint8Array(100_000_000))); // 97 kB
  assertThrows(() => gunzip(bomb, "x", 4_999), RangeError, message);
});
