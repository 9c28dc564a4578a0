import { assertEquals, assertThrows } from "@std/assert";
import {
  digest,
  expectKnown,
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
