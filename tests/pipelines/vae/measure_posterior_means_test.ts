import { assertEquals } from "@std/assert";
import { variancesOfMeans } from "../../../pipelines/vae/measure_posterior_means.ts";

Deno.test("variancesOfMeans() are those of each column", () => {
  // columns 0, 2, 4 and 7, 7, 7 and -1, 0, 1
  const means = Float32Array.of(0, 7, -1, 2, 7, 0, 4, 7, 1);
  const found = variancesOfMeans(means, 3).map((v) => Number(v.toFixed(12)));
  assertEquals(found, [4, 0, 1]);
});
