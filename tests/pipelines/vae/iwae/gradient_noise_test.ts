import { assertAlmostEquals, assertRejects } from "@std/assert";
import { gradientNoise } from "../../../../pipelines/vae/iwae/gradient_noise.ts";

Deno.test("gradientNoise() of a case worked by hand", async () => {
  // Parameters 1 and 2 scatter as 0, 2, 4 and 1, 1, 1; parameter 3, in a part of its own, as 3, 3, 6.
  const draws = [[[0, 1], [3]], [[2, 1], [3]], [[4, 1], [6]]];
  const { variance, signalToNoise } = await gradientNoise(
    3,
    (draw) => Promise.resolve(draws[draw]!.map((p) => Float32Array.from(p))),
  );
  // variances 4, 0 and 3; means 2, 1 and 4: 21 - 7/3 over 7
  assertAlmostEquals(variance, 7, 1e-12);
  assertAlmostEquals(signalToNoise, Math.sqrt((21 - 7 / 3) / 7), 1e-12);
});

Deno.test("gradientNoise() keeps its digits where the mean is large", async () => {
  const { variance } = await gradientNoise(
    2,
    (draw) => Promise.resolve([Float32Array.of(1e6 + draw)]),
  );
  assertAlmostEquals(variance, 0.5, 1e-12);
});

Deno.test("gradientNoise() wants two draws", async () => {
  await assertRejects(
    () => gradientNoise(1, () => Promise.resolve([])),
    RangeError,
    "Expected at least 2 draws but found 1",
  );
});
