import { assertEquals, assertThrows } from "@std/assert";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { encodeIdx, parseIdx } from "../../../pipelines/images/idx.ts";
import {
  leaveSamples,
  leftSamplesPath,
  toBytes,
} from "../../../pipelines/images/left_samples.ts";

Deno.test("encodeIdx() writes what parseIdx() reads, with MNIST's magic number", () => {
  const values = Uint8Array.from({ length: 2 * 3 * 300 }, (_, i) => i % 251);
  const bytes = encodeIdx([2, 3, 300], values);
  assertEquals([...bytes.slice(0, 4)], [0, 0, 8, 3]);
  const { shape, values: read } = parseIdx(bytes, 3, "test");
  assertEquals(shape, [2, 3, 300]);
  assertEquals(read, values);
  assertThrows(
    () => encodeIdx([2, 2], values),
    RangeError,
    "Expected 2 x 2 = 4 bytes but found 1800",
  );
});

Deno.test("leaveSamples() leaves a file of bytes, and says in the record what they are", async () => {
  const store = memoryRun();
  const pixels = toBytes(Float32Array.of(0, 1, 0.5, -0.2, 1.7, 0.25));
  assertEquals([...pixels], [0, 255, 128, 0, 255, 64]);
  const samples = { pixels, rows: 1, columns: 3, made: "numbers of a test" };
  await leaveSamples(samples, store);
  const bytes = store.files.get(leftSamplesPath) as Uint8Array<ArrayBuffer>;
  assertEquals(parseIdx(bytes, 3, "test").shape, [2, 1, 3]);
  assertEquals(store.facts["samples"], { count: 2, made: "numbers of a test" });
});
