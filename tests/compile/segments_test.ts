import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { compile } from "../../compile/compile.ts";

Deno.test("segments that do not exist are left out as in tfjs, for few and for many", async () => {
  for (const count of [3, 600]) {
    const results = [];
    for (const device of ["cpu", "tfjs"] as const) {
      using step = await compile(({ x, ids }) => ({
        sums: tf.unsortedSegmentSum(x, ids as tf.Tensor1D, count),
      }), {
        inputs: { x: { shape: [5, 2] }, ids: { shape: [5], dtype: "int32" } },
        device,
      });
      const x = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 11);
      const { sums } = await step.run({
        x,
        ids: Int32Array.of(-1, 1, count, 1, 0),
      });
      results.push([...sums.data]);
    }
    assertEquals(results[0], results[1]);
    assertEquals(results[0]!.slice(0, 4), [9, 11, 10, 12]);
  }
});
