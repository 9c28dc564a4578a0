import { assertEquals, assertThrows } from "@std/assert";
import { realOr } from "../../../../pipelines/core/task/fields.ts";

const field = realOr(4, "none", "width over width", { min: 1 });

Deno.test("realOr() reads a number or the name for none", () => {
  assertEquals(field.fallback, 4);
  assertEquals(field.form, "NUMBER|none");
  assertEquals(field.parse("2.5"), 2.5);
  assertEquals(field.parse("none"), "none");
});

Deno.test("realOr() refuses other words, and numbers out of bounds", () => {
  for (const text of ["nothing", "", "0.5", "NaN"]) {
    assertThrows(
      () => field.parse(text),
      RangeError,
      `Expected a number of at least 1 but found "${text}"`,
    );
  }
});
