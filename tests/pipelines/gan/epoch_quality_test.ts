import { assertEquals } from "@std/assert";
import {
  classShares,
  klToUniform,
} from "../../../pipelines/gan/epoch_quality.ts";

Deno.test("klToUniform() is 0 for equal shares, log 10 for one class, and log 2 for half of the classes", () => {
  const near = (actual: number, expected: number) =>
    assertEquals(Math.abs(actual - expected) < 1e-12, true, `${actual}`);
  near(klToUniform(new Array(10).fill(0.1)), 0);
  near(klToUniform([0, 1, 0, 0, 0, 0, 0, 0, 0, 0]), Math.log(10));
  near(klToUniform([0.2, 0.2, 0.2, 0.2, 0.2, 0, 0, 0, 0, 0]), Math.log(2));
});

Deno.test("classShares() counts the likeliest class of each sample", () => {
  const probabilities = Float32Array.of(0.75, 0.25, 0.5, 0.5, 0, 1, 0.25, 0.75);
  const { shares, confidence } = classShares({ probabilities, count: 4 });
  assertEquals(shares, [0.5, 0.5]);
  assertEquals(confidence, 0.75);
});
