import { assertEquals } from "@std/assert";
import { klToUniform } from "../../../pipelines/gan/epoch_quality.ts";

Deno.test("klToUniform() is 0 for equal shares, log 10 for one class, and log 2 for half of the classes", () => {
  const near = (actual: number, expected: number) =>
    assertEquals(Math.abs(actual - expected) < 1e-12, true, `${actual}`);
  near(klToUniform(new Array(10).fill(0.1)), 0);
  near(klToUniform([0, 1, 0, 0, 0, 0, 0, 0, 0, 0]), Math.log(10));
  near(klToUniform([0.2, 0.2, 0.2, 0.2, 0.2, 0, 0, 0, 0, 0]), Math.log(2));
});
