import { assertEquals } from "@std/assert";
import { counted } from "../../../pipelines/words/counted.ts";

Deno.test("counted() writes one thing, none and thousands", () => {
  assertEquals(counted(1, "case"), "1 case");
  assertEquals(counted(0, "class"), "0 classes");
  assertEquals(counted(1, "class"), "1 class");
  assertEquals(counted(29_000, "sentence"), "29,000 sentences");
});
