import { assert, assertEquals, assertThrows } from "@std/assert";
import { gzipSync } from "node:zlib";
import { sha256 } from "../../../../pipelines/core/sha256.ts";
import {
  digest,
  expectKnown,
  isKnown,
  openFile,
} from "../../../../pipelines/core/data/known_data.ts";

// NIST, FIPS 180-2, appendix B.1: the message "abc".
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

const abc = await openFile("a/abc", new TextEncoder().encode("abc"));

Deno.test("openFile() computes the SHA-256 of the bytes", () => {
  assertEquals(abc.sha256, ABC);
});

Deno.test("digest() is the file's own SHA-256 for one file", async () => {
  assertEquals(await digest([abc], ["abc"]), ABC);
});

Deno.test("digest() is that of the lines of sha256sum for several files", async () => {
  // printf abc > x; printf abc > y; sha256sum x y | sha256sum
  assertEquals(
    await digest([abc, abc], ["x", "y"]),
    "7d292804bf9c69d5867b897625cf587963fe124618023a25e7caddaf3334d663",
  );
});

Deno.test("expectKnown() names the file and both checksums", () => {
  const known = { name: "abc", sha256: "00", size: 3, urls: [] };
  assertThrows(
    () => expectKnown(abc, known),
    Error,
    `Expected SHA-256 00 of a/abc but found ${ABC}`,
  );
});

// RFC 1321, appendix A.5: MD5 of "abc".
const MD5 = "900150983cd24fb0d6963f7d28e17f72";

Deno.test("isKnown() takes a file with gzip by the SHA-256 of its packed bytes", async () => {
  const raw = new Uint8Array(gzipSync("abc"));
  const packed = await openFile("abc.gz", raw);
  const gzipSha256 = await sha256(raw);
  const known = { name: "abc", size: 3, urls: [], gzipSha256 };
  assert(isKnown(packed, known));
  assert(!isKnown(packed, { ...known, gzipSha256: ABC }));
  assert(!isKnown(abc, known)); // without gzip nothing is known of it
});

Deno.test("isKnown() takes a file without gzip by its length and MD5, where no SHA-256 is known", () => {
  const known = { name: "abc", size: 3, urls: [], gzipSha256: ABC, md5: MD5 };
  assert(isKnown(abc, known));
  assert(!isKnown(abc, { ...known, size: 4 }));
  assert(!isKnown(abc, { ...known, md5: MD5.replace("9", "8") }));
  assert(!isKnown(abc, { ...known, sha256: "00" })); // the stronger one decides
  assertThrows(
    () => expectKnown(abc, { ...known, md5: "00" }),
    Error,
    `Expected SHA-256 ${ABC} of a/abc with gzip, or MD5 00 without gzip, but found MD5 ${MD5} without gzip`,
  );
});
