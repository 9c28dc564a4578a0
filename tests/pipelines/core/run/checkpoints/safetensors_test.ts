import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../../../../../pipelines/core/run/checkpoints/safetensors.ts";

const tensors = {
  weight: { shape: [2, 3], data: new Float32Array([1, -2, 3.5, 0, 1e-30, 6]) },
  order: { shape: [2], data: new Int32Array([-1, 2 ** 31 - 1]) },
  step: { shape: [], data: new Float32Array([7]) },
  none: { shape: [0, 4], data: new Float32Array() },
};
const metadata = { title: "Ünïcode", state: '{"a":1}' };

/** A file by hand: the header's length, the header, the arrays. */
function fileOf(
  header: string,
  data: readonly number[] = [],
): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(header);
  const length = [json.length & 255, json.length >> 8, 0, 0, 0, 0, 0, 0];
  return new Uint8Array([...length, ...json, ...data]);
}

Deno.test("encodeSafetensors() writes the documented layout", () => {
  const bytes = encodeSafetensors({ tensors, metadata });
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(
    new TextDecoder().decode(bytes.subarray(8, 8 + length)),
  );
  assertEquals(header, {
    __metadata__: metadata,
    weight: { dtype: "F32", shape: [2, 3], data_offsets: [0, 24] },
    order: { dtype: "I32", shape: [2], data_offsets: [24, 32] },
    step: { dtype: "F32", shape: [], data_offsets: [32, 36] },
    none: { dtype: "F32", shape: [0, 4], data_offsets: [36, 36] },
  });
  assertEquals(bytes.length, 8 + length + 36);
  assertEquals((8 + length) % 8, 0);
  const view = new DataView(bytes.buffer, 8 + length);
  assertEquals(view.getFloat32(8, true), 3.5);
  assertEquals(view.getInt32(24, true), -1);
});

Deno.test("decodeSafetensors() gives back what was written", async () => {
  const bytes = encodeSafetensors({ tensors, metadata });
  assertEquals(await decodeSafetensors(bytes, "a"), { tensors, metadata });
});

Deno.test("decodeSafetensors() reads a file without texts, at any alignment", async () => {
  const header = '{"x":{"dtype":"I32","shape":[1],"data_offsets":[0,4]}}';
  assertEquals(header.length % 4, 2);
  assertEquals(await decodeSafetensors(fileOf(header, [5, 1, 0, 0]), "a"), {
    tensors: { x: { shape: [1], data: new Int32Array([261]) } },
    metadata: {},
  });
});

Deno.test("encodeSafetensors() refuses a shape that does not fit", () => {
  const x = { shape: [2, 2], data: new Float32Array(3) };
  assertThrows(
    () => encodeSafetensors({ tensors: { x }, metadata: {} }),
    RangeError,
    'Expected "x" of shape [2, 2] to hold 4 numbers but found 3',
  );
});

Deno.test("decodeSafetensors() names what is wrong with a file", async (test) => {
  const whole = encodeSafetensors({ tensors, metadata });
  const entry = (dtype: string, to: number) =>
    `{"x":{"dtype":"${dtype}","shape":[1],"data_offsets":[0,${to}]}}`;
  const two = (
    first: string,
    [a, b]: readonly number[],
    second: string,
    [c, d]: readonly number[],
  ) =>
    `{"${first}":{"dtype":"F32","shape":[1],"data_offsets":[${a},${b}]},` +
    `"${second}":{"dtype":"F32","shape":[1],"data_offsets":[${c},${d}]}}`;
  const cases: readonly [string, Uint8Array<ArrayBuffer>, string][] = [
    ["empty", new Uint8Array(), "Expected a to hold its whole header"],
    [
      "cut in the header",
      whole.slice(0, 40),
      "Expected a to hold its whole header",
    ],
    [
      "cut in the data",
      whole.slice(0, -1),
      'Expected a to hold the whole of "step"',
    ],
    ["no JSON", fileOf("{"), "Expected the header of a to be JSON"],
    ["another type", fileOf(entry("F64", 8), Array(8).fill(0)), "x.dtype"],
    [
      "another length",
      fileOf(entry("F32", 8), Array(8).fill(0)),
      "to hold 1 numbers but found 2",
    ],
    [
      "a name twice",
      fileOf(two("x", [0, 4], "x", [4, 8]), Array(8).fill(0)),
      'to have the name "x" once but found it twice',
    ],
    [
      "a name that objects have",
      fileOf(two("__proto__", [0, 4], "x", [4, 8]), Array(8).fill(0)),
      'not to use the name "__proto__"',
    ],
    [
      "arrays that overlap",
      fileOf(two("x", [0, 4], "y", [0, 4]), Array(4).fill(0)),
      'Expected "y" in a to begin at byte 4 of the data but found 0 to 4',
    ],
    [
      "a hole",
      fileOf(two("x", [0, 4], "y", [8, 12]), Array(12).fill(0)),
      'Expected "y" in a to begin at byte 4 of the data but found 8 to 12',
    ],
    [
      "an end before its beginning",
      fileOf(two("x", [0, 4], "y", [4, 0]), Array(4).fill(0)),
      "to begin at byte",
    ],
    [
      "trailing bytes",
      fileOf(two("x", [0, 4], "y", [4, 8]), Array(9).fill(0)),
      "Expected the data of a to end at byte 8 but found 9 bytes",
    ],
    ["a blank before the brace", fileOf(" {}"), "begins with a brace"],
    ["a byte order mark", fileOf("\ufeff{}"), "begins with a brace"],
    [
      "other bytes than UTF-8",
      Uint8Array.from([2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0xff]),
      "in UTF-8",
    ],
    [
      "texts that nest without end",
      fileOf(`{"x":${"[".repeat(5_000)}${"]".repeat(5_000)}}`),
      "to nest at most 100 deep",
    ],
  ];
  for (const [name, bytes, message] of cases) {
    await test.step(name, async () => {
      await assertRejects(() => decodeSafetensors(bytes, "a"), Error, message);
    });
  }
});
