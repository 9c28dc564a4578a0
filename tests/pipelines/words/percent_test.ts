import { assertEquals } from "@std/assert";
import { percent, percentWithError } from "../../../pipelines/words/percent.ts";

Deno.test("percent() writes a part with as many digits as asked", () => {
  assertEquals(percent(0.125), "12.5 %");
  assertEquals(percent(0.125, 0), "13 %");
  assertEquals(percent(1, 2), "100.00 %");
});

Deno.test("percentWithError() writes as many digits as the error has meaning", () => {
  assertEquals(
    percentWithError({ mean: 0.9831, standardError: 0.0013 }),
    "98.31 ± 0.13 %",
  );
  assertEquals(
    percentWithError({ mean: 0.5, standardError: 0.12 }),
    "50 ± 12 %",
  );
  assertEquals(percentWithError({ mean: 0.25, standardError: NaN }), "25 %");
});
