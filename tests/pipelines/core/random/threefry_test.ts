import { assertEquals } from "@std/assert";
import { threefry } from "../../../../pipelines/core/random/threefry.ts";

/** `threefry2x32 20` in tests/kat_vectors of Random123 (Salmon et al. 2011): counter, key, result. */
const knownAnswers = [
  [0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x6b200159, 0x99ba4efe],
  [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x1cb996fc, 0xbb002be7],
  [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xc4923a9c, 0x483df7a0],
] as const;

Deno.test("threefry() gives the known answers of Random123", () => {
  const out = new Uint32Array(2);
  for (const [c0, c1, k0, k1, ...expected] of knownAnswers) {
    threefry(k0, k1, c0, c1, out);
    assertEquals([...out], expected);
  }
});

Deno.test("threefry() encrypts consecutive counters as it does each of them, also over the end of 32 bits", () => {
  const first = 0xfffffffe;
  const all = new Uint32Array(8);
  threefry(0x13198a2e, 0x83707344, 5, first, all);
  const one = new Uint32Array(2);
  for (let i = 0; i < 4; i++) {
    threefry(0x13198a2e, 0x83707344, 5, (first + i) % 2 ** 32, one);
    assertEquals([...all.subarray(2 * i, 2 * i + 2)], [...one]);
  }
});
