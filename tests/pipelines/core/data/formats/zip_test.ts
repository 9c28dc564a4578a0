import { assertEquals, assertThrows } from "@std/assert";
import { parseNpy } from "../../../../../pipelines/core/data/formats/npy.ts";
import { readZip } from "../../../../../pipelines/core/data/formats/zip.ts";

/** `numpy.savez_compressed(file, x_train=numpy.full((7, 2, 2), 255, numpy.uint8), y_train=numpy.arange(7))` of NumPy 2.4.6. */
const deflated = Uint8Array.fromBase64(
  "UEsDBC0AAAAIAAAAIQA/QV5O//////////8LABQAeF90cmFpbi5ucHkBABAAnAAAAAAAAABLAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loF5Taqiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GuY6CkZApKmjUKtAHuD6jwcAAFBLAwQtAAAACAAAACEAWaQTlv//////////CwAUAHlfdHJhaW4ubnB5AQAQALgAAAAAAAAAVgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RrmOpo6CrUKFAAuBihghNJMUJoZSrNAaVYozQalAVBLAQItAy0AAAAIAAAAIQA/QV5OSwAAAJwAAAALAAAAAAAAAAAAAACAAQAAAAB4X3RyYWluLm5weVBLAQItAy0AAAAIAAAAIQBZpBOWVgAAALgAAAALAAAAAAAAAAAAAACAAYgAAAB5X3RyYWluLm5weVBLBQYAAAAAAgACAHIAAAAbAQAAAAA=",
);
/** `numpy.savez(file, a=numpy.array([1, 2], numpy.uint8))`. */
const stored = Uint8Array.fromBase64(
  "UEsDBC0AAAAAAAAAIQBiAmVf//////////8FABQAYS5ucHkBABAAggAAAAAAAACCAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJ3x1MScsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgyLCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAQJQSwECLQMtAAAAAAAAACEAYgJlX4IAAACCAAAABQAAAAAAAAAAAAAAgAEAAAAAYS5ucHlQSwUGAAAAAAEAAQAzAAAAuQAAAAAA",
);

Deno.test("readZip() reads what NumPy deflates and what it stores", () => {
  const files = readZip(deflated, "a.npz", 1000);
  assertEquals([...files.keys()], ["x_train.npy", "y_train.npy"]);
  const [x, y] = [...files].map(([name, bytes]) => parseNpy(bytes, name));
  assertEquals(x!.shape, [7, 2, 2]);
  assertEquals(Array.from(y!.values), [0, 1, 2, 3, 4, 5, 6]);
  const [one] = readZip(stored, "b.npz", 1000).values();
  assertEquals(Array.from(parseNpy(one!, "b").values), [1, 2]);
});

/** Where the directory's only entry begins in `stored`. */
const entry = 0xb9;

const changes: readonly (readonly [string, number, number[], string])[] = [
  ["a changed byte", 160, [9], "checksum differs"],
  ["a wrong checksum", entry + 16, [0, 0, 0, 0], "checksum differs"],
  ["encryption", entry + 8, [1], "encrypted"],
  ["an unknown method", entry + 10, [12], "the method 12"],
  ["ZIP64 sizes", entry + 24, [255, 255, 255, 255], "ZIP64"],
  ["a size that is too large", entry + 20, [255, 255, 0, 0], "truncated"],
  [
    "a header that is elsewhere",
    entry + 42,
    [200, 0, 0, 0],
    "header is missing",
  ],
  ["more files than there are", entry + 51 + 10, [9], "9 files"],
  ["a deflate stream of fewer bytes", entry + 10, [8], "6 bytes, not 130"],
];
for (const [name, at, bytes, message] of changes) {
  Deno.test(`readZip() refuses ${name}`, () => {
    const changed = stored.slice();
    changed.set(bytes, at);
    assertThrows(() => readZip(changed, "b.npz", 1e6), SyntaxError, message);
  });
}

Deno.test("readZip() refuses what is cut off at any byte", () => {
  for (let length = 0; length < deflated.length; length++) {
    assertThrows(
      () => readZip(deflated.slice(0, length), "a.npz", 1000),
      SyntaxError,
    );
  }
});

Deno.test("readZip() refuses more bytes than it may unpack, before it unpacks", () => {
  assertThrows(
    () => readZip(deflated, "a.npz", 339),
    RangeError,
    "Expected a.npz to hold at most 339 bytes unpacked but it says 340",
  );
});
