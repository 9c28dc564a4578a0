import { assertEquals } from "@std/assert";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import {
  MODES,
  ringCentre,
  ringCoverage,
  ringPoints,
} from "../../../pipelines/gan/modes/ring.ts";

Deno.test("real points of the ring show all modes evenly, and 98.9 % are good", () => {
  const count = 20_000;
  const { modes, quality, klToUniform } = ringCoverage(
    ringPoints(keyFrom(4), count),
  );
  assertEquals(modes, MODES);
  // a point is good with probability 1 - exp(-9 / 2); five standard errors of 20,000 points
  const expected = 1 - Math.exp(-9 / 2);
  const error = Math.sqrt(expected * (1 - expected) / count);
  assertEquals(Math.abs(quality - expected) < 5 * error, true, `${quality}`);
  // 2 count KL is chi-squared with 7 degrees: below 30 but for one key in 10,000
  assertEquals(2 * count * klToUniform < 30, true, `${klToUniform}`);
});

Deno.test("points at three centres are three modes; points between them none", () => {
  const at = [0, 3, 7].flatMap((mode) => [...ringCentre(mode)]);
  assertEquals(ringCoverage(at), {
    modes: 3,
    quality: 1,
    klToUniform: Math.log(8 / 3),
  });
  assertEquals(ringCoverage([0, 0, 1.9, 0.9]), {
    modes: 0,
    quality: 0,
    klToUniform: Math.log(8),
  });
});

Deno.test("a point is good within three deviations of its centre, and no further", () => {
  const [x, y] = ringCentre(2);
  assertEquals(ringCoverage([x, y + 0.0599]).quality, 1);
  assertEquals(ringCoverage([x, y + 0.0601]).quality, 0);
});

Deno.test("the ring has eight centres at a distance of 2, and a mode needs 8 good samples of a thousand", () => {
  assertEquals(MODES, 8);
  assertEquals(ringCentre(0), [2, 0]);
  const [x, y] = ringCentre(3);
  assertEquals(
    Math.abs(x + Math.SQRT2) + Math.abs(y - Math.SQRT2) < 1e-12,
    true,
  );
  const samples = (few: number, count: number) =>
    Array.from({ length: count }, (_, i) => [...ringCentre(i < few ? 1 : 0)])
      .flat();
  assertEquals(ringCoverage(samples(8, 1000)).modes, 2);
  assertEquals(ringCoverage(samples(7, 1000)).modes, 1);
  assertEquals(ringCoverage(samples(16, 2000)).modes, 2);
  assertEquals(ringCoverage(samples(15, 2000)).modes, 1);
});
