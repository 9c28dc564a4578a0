import { assertAlmostEquals } from "@std/assert";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { normal } from "../../../../pipelines/core/random/normal.ts";
import { featureWidth } from "../../../../pipelines/images/features/digit_features.ts";
import { frechetDistance } from "../../../../pipelines/images/features/image_quality.ts";
import {
  frechetDistanceTo,
  momentsOf,
} from "../../../../pipelines/statistics/frechet_distance.ts";

/** Murmur's finalizer of 32 bits in whole numbers without limits: Appleby 2008. */
function scrambled(value: number): number {
  const word = (x: bigint) => BigInt.asUintN(32, x);
  let h = BigInt(value);
  h = word((h ^ h >> 16n) * 0x85ebca6bn);
  h = word((h ^ h >> 13n) * 0xc2b2ae35n);
  return Number(h ^ h >> 16n);
}

Deno.test("the error of a Fréchet distance is that of ten groups left out in turn", () => {
  const count = 103;
  const features = normal(keyFrom(3), count * featureWidth);
  const others = normal(keyFrom(4), 200 * featureWidth);
  const reference = momentsOf(others, featureWidth);
  const order = Array.from({ length: count }, (_, i) => i)
    .sort((a, b) => scrambled(a) - scrambled(b));
  const distance = frechetDistanceTo(reference);
  const without = Array.from({ length: 10 }, (_, group) => {
    const kept = Array.from({ length: count }, (_, i) => i)
      .filter((i) => order.indexOf(i) % 10 !== group)
      .flatMap((i) => [
        ...features.subarray(i * featureWidth, (i + 1) * featureWidth),
      ]);
    return distance(momentsOf(kept, featureWidth));
  });
  const mean = without.reduce((sum, d) => sum + d) / 10;
  const squares = without.reduce((sum, d) => sum + (d - mean) ** 2, 0);
  const found = frechetDistance({ features, count }, reference);
  // Efron & Tibshirani 1993, eq. 11.5
  assertAlmostEquals(found.standardError, Math.sqrt(0.9 * squares), 1e-9);
  const whole = distance(momentsOf(features, featureWidth));
  assertAlmostEquals(found.mean, whole, 1e-9);
});
