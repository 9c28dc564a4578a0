import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { compile } from "../../compile/compile.ts";

const images = {
  data: Uint8Array.of(0, 51, 102, 153, 204, 255),
  shape: [3, 2],
} as const;
const weights = { data: Float32Array.of(0.5, 2), shape: [2] } as const;
const mask = { data: Uint8Array.of(1, 0), shape: [2], dtype: "bool" } as const;

for (const device of ["cpu", "tfjs"] as const) {
  for (const stepsPerCall of [1, 2]) {
    Deno.test(`compile() gathers from tables on ${device}, ${stepsPerCall} steps a call`, async () => {
      using step = await compile(({ indices, images, weights, mask }) => {
        assertEquals([images.dtype, weights.dtype, mask.dtype], [
          "int32",
          "float32",
          "bool",
        ]);
        const rows = tf.gather(images, indices).cast("float32").div(51);
        return {
          rows: tf.where(mask, rows.mul(weights), -1),
          raw: tf.gather(images, indices),
        };
      }, {
        inputs: { indices: { shape: [2], dtype: "int32" } },
        tables: { images, weights, mask },
        outputs: { raw: "int32" },
        device,
        stepsPerCall,
      });
      const { rows, raw } = await step.run({
        indices: Int32Array.of(2, 0, 1, 1).slice(0, 2 * stepsPerCall),
      });
      const first = [2, -1, 0, -1];
      assertEquals(
        [...rows.data],
        stepsPerCall === 1 ? first : [...first, 1, -1, 1, -1],
      );
      assertEquals([...raw.data.slice(0, 4)], [204, 255, 0, 51]);
      assertEquals(rows.shape, stepsPerCall === 1 ? [2, 2] : [2, 2, 2]);
    });
  }
}
