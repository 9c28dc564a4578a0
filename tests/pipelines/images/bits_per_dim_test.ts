import { assertAlmostEquals, assertEquals } from "@std/assert";
import { bitsPerDim } from "../../../pipelines/images/bits_per_dim.ts";

Deno.test("bitsPerDim() of a fair coin in each pixel is 1", () => {
  assertEquals(bitsPerDim(784 * Math.log(0.5), 784), 1);
});

Deno.test("256 levels that are all equally likely take 8 bits for each number", () => {
  assertAlmostEquals(bitsPerDim(-784 * Math.log(256), 784), 8, 1e-12);
});
