import { assertEquals } from "@std/assert";
import { rowMap } from "../../../pipelines/flow/row_map.ts";

Deno.test("rowMap() gives each row its own numbers, in one block and over several", async () => {
  const context = {
    ...{ device: "cpu", threads: 1 },
    signal: new AbortController().signal,
  } as never; // nothing else is read
  using sums = await rowMap(2, (rows) => rows.sum(-1), context);
  using doubles = await rowMap(2, (rows) => rows.mul(2), context);
  assertEquals(
    await sums.run(Float32Array.of(1, 2, 3, 4, 5, 6)),
    Float32Array.of(3, 7, 11),
  );
  const many = Float32Array.from({ length: 2 * 4001 }, (_, i) => i);
  const found = await sums.run(many);
  assertEquals([found.length, found[3999], found[4000]], [4001, 15997, 16001]);
  assertEquals(await doubles.run(many), many.map((x) => 2 * x));
});
