import { assertAlmostEquals, assertEquals } from "@std/assert";
import { logMeanExp } from "../../../pipelines/flow/log_mean_exp.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { normal } from "../../../pipelines/core/random/normal.ts";
import { uniform } from "../../../pipelines/core/random/uniform.ts";
import { between } from "../../../pipelines/flow/draw_interpolations.ts";
import { sampleNoise } from "../../../pipelines/flow/sample_noise.ts";

Deno.test("logMeanExp() is the log of the mean, also where exp would overflow", () => {
  assertAlmostEquals(logMeanExp([Math.log(1), Math.log(3)]), Math.log(2));
  assertAlmostEquals(logMeanExp([-2000, -2000]), -2000);
  assertEquals(logMeanExp([-5]), -5);
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
