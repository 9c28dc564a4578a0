// deno-lint-ignore-file camelcase -- the names of the format
import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { readSafetensors } from "../../../../../pipelines/core/run/checkpoints/read_safetensors.ts";
import { tempFolder } from "../../temp_folder.ts";

/** A file of tensors, given as their types, shapes and bytes. */
function fileOf(
  tensors: Readonly<
    Record<string, readonly [dtype: string, shape: number[], bytes: number[]]>
  >,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: { format: "pt" } };
  const all: number[] = [];
  for (const [name, [dtype, shape, bytes]] of Object.entries(tensors)) {
    const data_offsets = [all.length, all.length + bytes.length];
    header[name] = { dtype, shape, "data_offsets": data_offsets };
    all.push(...bytes);
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const file = new Uint8Array(8 + json.length + all.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  file.set(all, 8 + json.length);
  return file;
}

const bytesOf = (...values: number[]) => [
  ...new Uint8Array(Float32Array.from(values).buffer),
];

Deno.test("halves, brain floats, floats and doubles are read as float32, integers passed over", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "a.safetensors");
  await Deno.writeFile(
    path,
    fileOf({
      // 1, -2, 2^-24 and 65504, infinity, as IEEE 754 has them
      half: ["F16", [5], [0, 0x3c, 0, 0xc0, 1, 0, 0xff, 0x7b, 0, 0x7c]],
      brain: ["BF16", [1, 2], [0x80, 0x3f, 0x40, 0xc0]],
      single: ["F32", [2], bytesOf(0.1, -3)],
      double: ["F64", [], [...new Uint8Array(Float64Array.of(0.25).buffer)]],
      positions: ["I64", [1], [7, 0, 0, 0, 0, 0, 0, 0]],
    }),
  );
  const found = await readSafetensors(path);
  assertEquals([...found.keys()], ["half", "brain", "single", "double"]);
  const values = (name: string) => [...found.get(name)!.data];
  assertEquals(values("half"), [1, -2, 2 ** -24, 65504, Infinity]);
  assertEquals(values("brain"), [1, -3]);
  assertEquals(values("single"), [Math.fround(0.1), -3]);
  assertEquals(values("double"), [0.25]);
  assertEquals(found.get("brain")!.shape, [1, 2]);
});

Deno.test("damaged files are refused, with the tensor's name", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "a.safetensors");
  const whole = fileOf({ a: ["F32", [2], bytesOf(1, 2)] });
  const cases = [
    [whole.subarray(0, 4), "to hold 8 bytes but found 4"],
    [whole.subarray(0, whole.length - 1), 'to hold the whole of "a"'],
    [fileOf({ a: ["F32", [3], bytesOf(1, 2)] }), 'Expected "a" of shape [3]'],
    [fileOf({ a: ["F8", [2], [1, 2]] }), "F64, F32, F16 or BF16 but found F8"],
    [Uint8Array.of(255, 255, 255, 255, 255, 255, 0, 0), "a header of"],
  ] as const;
  for (const [bytes, message] of cases) {
    await Deno.writeFile(path, bytes);
    await assertRejects(() => readSafetensors(path), SyntaxError, message);
  }
});

Deno.test("bytes that belong to no tensor, or to two, are refused", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "a.safetensors");
  const whole = fileOf({ a: ["F32", [1], bytesOf(1)] });
  await Deno.writeFile(path, Uint8Array.from([...whole, 0]));
  await assertRejects(
    () => readSafetensors(path),
    SyntaxError,
    `Expected the data of ${path} to end at byte 4 but found 5 bytes`,
  );
});
