import { assertEquals } from "@std/assert";
import { lengthEffect } from "../../../../pipelines/translation/study/study_numbers.ts";

Deno.test("lengthEffect() compares the longest sentences with those of middle length", () => {
  const of = (...bins: readonly number[]) =>
    lengthEffect(
      { byLength: bins.map((score) => ({ bleu: { score } })) } as never,
    ); // nothing else is read
  assertEquals(of(9, 2, -6), -8);
  assertEquals(of(9, 5, 3, 1), -4); // the lower of both middles
  assertEquals(of(4, 6), 2);
  assertEquals(of(4), undefined);
});
