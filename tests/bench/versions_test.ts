import { assertEquals } from "@std/assert";
import { widestVectors } from "../../bench/versions.ts";

Deno.test("widestVectors() reads what the first processor of Linux has", () => {
  const found = [
    "flags\t\t: fpu sse2 avx avx2 avx512f avx512dq\n",
    "processor\t: 0\nflags\t\t: fpu avx avx2\nbugs\t\t: avx512f\n",
    "flags\t\t: fpu sse2 avx\n",
    "Features\t: fp asimd\n",
  ].map(widestVectors);
  assertEquals(found, [" with AVX-512", " with AVX2", "", ""]);
});
