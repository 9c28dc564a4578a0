import { assertEquals, assertRejects } from "@std/assert";
import { gunzip } from "../../../../pipelines/core/data/gunzip.ts";

const plain = Uint8Array.from({ length: 5_000 }, (_, i) => i * i);

async function gzip(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  return await new Response(stream).bytes();
}

Deno.test("gunzip() gives back what was compressed", async () => {
  assertEquals(await gunzip(await gzip(plain), "x.gz"), plain);
});

Deno.test("gunzip() leaves bytes without gzip alone", async () => {
  assertEquals(await gunzip(plain, "x"), plain);
  assertEquals(await gunzip(new Uint8Array(), "x"), new Uint8Array());
});

Deno.test("gunzip() refuses a truncated, damaged or longer stream and names the file", async () => {
  const whole = await gzip(plain);
  const damaged = whole.slice();
  damaged[whole.length - 6]! ^= 1; // in the checksum of RFC 1952, section 2.3.1
  const longer = new Uint8Array([...whole, 1, 2, 3]);
  for (
    const wrong of [whole.slice(0, 100), whole.slice(0, -1), damaged, longer]
  ) {
    await assertRejects(
      () => gunzip(wrong, "some/x.gz"),
      SyntaxError,
      `Expected one whole gzip stream in some/x.gz but found ${wrong.length} bytes`,
    );
  }
});
