import { assertEquals } from "@std/assert";
import { likeliestClasses } from "../../../../pipelines/images/features/likeliest_classes.ts";

Deno.test("likeliestClasses() finds the greatest probability of each image, the first of equal ones", () => {
  const rows = [[0.1, 0.7, 0.2], [0.5, 0, 0.5], [0, 0.25, 0.75]];
  const found = likeliestClasses({
    probabilities: Float32Array.from(rows.flat()),
    count: 3,
  });
  assertEquals([...found], [1, 0, 2]);
});
