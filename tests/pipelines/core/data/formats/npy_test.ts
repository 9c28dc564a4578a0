import { assertEquals, assertThrows } from "@std/assert";
import { parseNpy } from "../../../../../pipelines/core/data/formats/npy.ts";

/** Files that NumPy 2.4.6 wrote: `numpy.save(file, array)`, then base64. */
const saved = {
  // numpy.arange(8, dtype=numpy.uint8).reshape(2, 2, 2)
  bytes:
    "k05VTVBZAQB2AHsnZGVzY3InOiAnfHUxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDIsIDIpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAQIDBAUGBw==",
  // numpy.array([[0, 0.5], [1, 0.25]], numpy.float32)
  floats:
    "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDIpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAPwAAgD8AAIA+",
  // numpy.array([3, -1, 2**40], numpy.int64)
  longs:
    "k05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoDAAAAAAAAAP//////////AAAAAAABAAA=",
  // numpy.array([1, 256], ">u2")
  bigEndian:
    "k05VTVBZAQB2AHsnZGVzY3InOiAnPnUyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAQEA",
  // numpy.asfortranarray(numpy.arange(6, dtype=numpy.uint8).reshape(2, 3))
  fortran:
    "k05VTVBZAQB2AHsnZGVzY3InOiAnfHUxJywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAwEEAgU=",
};

const parse = (text: string) => parseNpy(Uint8Array.fromBase64(text), "a.npy");

const read: readonly (readonly [keyof typeof saved, number[], number[]])[] = [
  ["bytes", [2, 2, 2], [0, 1, 2, 3, 4, 5, 6, 7]],
  ["floats", [2, 2], [0, 0.5, 1, 0.25]],
  ["longs", [3], [3, -1, 2 ** 40]],
  ["bigEndian", [2], [1, 256]],
];
for (const [name, shape, values] of read) {
  Deno.test(`parseNpy() reads NumPy's ${name}`, () => {
    const found = parse(saved[name]);
    assertEquals(found.shape, shape);
    assertEquals([...Array.from(found.values)], values);
  });
}

/** A file with a header of its own. */
function npy(header: string, data: readonly number[], major = 1): Uint8Array<
  ArrayBuffer
> {
  const text = new TextEncoder().encode(header);
  const length = major === 1
    ? [text.length & 255, text.length >> 8]
    : [text.length & 255, text.length >> 8, 0, 0];
  return Uint8Array.from([
    ...[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, major, 0, ...length],
    ...text,
    ...data,
  ]);
}

const good = "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }";

Deno.test("parseNpy() reads versions 2 and 3, whose header may be longer", () => {
  for (const major of [2, 3]) {
    assertEquals(parseNpy(npy(good, [7, 8], major), "a.npy").shape, [2]);
  }
});

Deno.test("parseNpy() refuses Fortran order, and says what to save", () => {
  assertThrows(
    () => parse(saved.fortran),
    SyntaxError,
    "numpy.ascontiguousarray",
  );
});

const hostile: readonly (readonly [string, Uint8Array<ArrayBuffer>, string])[] =
  [
    ["no bytes", new Uint8Array(), "magic number"],
    ["another magic number", Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), "magic"],
    ["version 9", npy(good, [1, 2], 9), "version 1, 2 or 3"],
    ["a cut header", npy(good, []).subarray(0, 20), "truncated"],
    ["only a magic number", npy(good, []).subarray(0, 6), "version"],
    ["too few elements", npy(good, [1]), "but found 1 bytes"],
    ["too many elements", npy(good, [1, 2, 3]), "but found 3 bytes"],
    ["Python objects", npy(good.replace("|u1", "|O"), [1, 2]), "'|O'"],
    ["complex numbers", npy(good.replace("|u1", "<c8"), [1, 2]), "'<c8'"],
    [
      "no shape",
      npy("{'descr': '|u1', 'fortran_order': False}", []),
      "'shape'",
    ],
    [
      "a shape that is too large",
      npy(good.replace("(2,)", "(99999999999, 99999999999)"), [1, 2]),
      "but found 2 bytes",
    ],
    ["a negative shape", npy(good.replace("(2,)", "(-2,)"), [1, 2]), "'shape'"],
  ];
for (const [name, bytes, message] of hostile) {
  Deno.test(`parseNpy() refuses ${name}`, () => {
    assertThrows(() => parseNpy(bytes, "a.npy"), SyntaxError, message);
  });
}
