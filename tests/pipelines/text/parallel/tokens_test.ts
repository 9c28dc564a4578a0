import { assertEquals } from "@std/assert";
import {
  MARKS,
  tokenUnit,
} from "../../../../pipelines/text/parallel/tokens.ts";
import { wordTokens } from "../../../../pipelines/text/parallel/words.ts";

Deno.test("tokenUnit() tells pieces, which were merged, from words", () => {
  const words = wordTokens([...MARKS, "dog"]);
  assertEquals(tokenUnit(words), "word");
  assertEquals(tokenUnit({ ...words, merges: [["d", "o"]] }), "piece");
});
