import { assert, assertEquals } from "@std/assert";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { drawTimesteps } from "../../../pipelines/diffusion/measure_bits.ts";

/** Timesteps of the chain, levels, and the first, the last and the weight of each level's timesteps. */
const cases: readonly (readonly [
  timesteps: number,
  levels: readonly (readonly [first: number, last: number, weight: number])[],
])[] = [
  // no more than forty to draw from: all levels share them
  [5, [[1, 1, 1], [2, 2, 1], [3, 3, 1], [4, 4, 1]]],
  [41, [[1, 10, 10], [11, 20, 10], [21, 30, 10], [31, 40, 10]]],
  // more: half of the levels share the first forty, and half the others
  [43, [[1, 20, 20], [21, 40, 20], [41, 41, 1], [42, 42, 1]]],
  [
    1000,
    [[1, 20, 20], [21, 40, 20], [41, 520, 479.5], [520, 999, 479.5]],
  ],
];

for (const [timesteps, levels] of cases) {
  Deno.test(`drawTimesteps() of ${timesteps} timesteps draws from each stratum's own`, () => {
    levels.forEach(([first, last, weight], level) => {
      const drawn = drawTimesteps(level, 4, timesteps, 4000, keyFrom(level));
      assertEquals(drawn.weight, weight);
      assertEquals(drawn.at.length, 4000);
      assertEquals([Math.min(...drawn.at), Math.max(...drawn.at)], [
        first,
        last,
      ]);
    });
  });
}

Deno.test("drawTimesteps() gives the odd level to the later timesteps", () => {
  const ends = [0, 1, 2].map((level) => {
    const { at, weight } = drawTimesteps(level, 3, 100, 4000, keyFrom(level));
    assert(at.every(Number.isInteger));
    return [Math.min(...at), Math.max(...at), weight];
  });
  assertEquals(ends, [[1, 40, 40], [41, 70, 29.5], [70, 99, 29.5]]);
});
