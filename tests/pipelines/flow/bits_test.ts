import { assertAlmostEquals, assertEquals } from "@std/assert";
import { countedBits } from "../../../pipelines/flow/counted_bits.ts";
import { logMeanExp } from "../../../pipelines/flow/log_mean_exp.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { normal } from "../../../pipelines/core/random/normal.ts";
import { uniform } from "../../../pipelines/core/random/uniform.ts";
import { between } from "../../../pipelines/flow/draw_interpolations.ts";
import { sampleNoise } from "../../../pipelines/flow/sample_noise.ts";
import type { ImageSplit } from "../../../pipelines/images/images.ts";

const images = (rows: readonly number[][]): ImageSplit => ({
  pixels: Uint8Array.from(rows.flat()),
  labels: new Uint8Array(rows.length),
  count: rows.length,
  rows: 1,
  columns: 2,
});

Deno.test("logMeanExp() is the log of the mean, also where exp would overflow", () => {
  assertAlmostEquals(logMeanExp([Math.log(1), Math.log(3)]), Math.log(2));
  assertAlmostEquals(logMeanExp([-2000, -2000]), -2000);
  assertEquals(logMeanExp([-5]), -5);
});

Deno.test("countedBits() counts each level once more than it occurs", () => {
  const train = images([[0, 9], [0, 9], [0, 0]]);
  const { everywhere, byPlace } = countedBits(train, images([[0, 9]]));
  // of 6 pixels four are 0 and two are 9; of 3 in a place three are 0, and two are 9
  const bits = (seen: number, of: number) =>
    -Math.log2((seen + 1) / (of + 256));
  assertAlmostEquals(everywhere, (bits(4, 6) + bits(2, 6)) / 2, 1e-12);
  assertAlmostEquals(byPlace, (bits(3, 3) + bits(2, 3)) / 2, 1e-12);
});

Deno.test("between() begins and ends at its vectors, and keeps the length of orthogonal ones", () => {
  const [first, last] = [Float32Array.of(2, 0), Float32Array.of(0, 2)];
  assertEquals(between(first, last, 0), first);
  assertEquals(between(first, last, 1), last);
  const middle = between(first, last, 1 / 3);
  assertAlmostEquals(Math.hypot(...middle), 2, 1e-6);
  assertAlmostEquals(middle[0]!, 2 * Math.cos(Math.PI / 6), 1e-6);
});

Deno.test("sampleNoise() is uniform or normal, as the dequantization asks", () => {
  const key = keyFrom(4);
  assertEquals(sampleNoise("uniform", key, 7), uniform(key, 7));
  assertEquals(sampleNoise("normal", key, 7), normal(key, 7));
});
