import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { stagedSchedule } from "../../../../pipelines/vae/iwae/staged_schedule.ts";

Deno.test("stagedSchedule() lasts 1, 3, 9, ... epochs: 3,280 in all", () => {
  const epochs = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => stagedSchedule(n).epochs);
  assertEquals(epochs, [1, 4, 13, 40, 121, 364, 1093, 3280]);
});

Deno.test("stagedSchedule() falls by the seventh root of ten at each stage, to a tenth", () => {
  const { learningRate } = stagedSchedule(8);
  // the first and the last epoch of the first, the second and the last stage
  assertEquals([0, 1, 3].map(learningRate)[0], 1e-3);
  const second = 1e-3 * 0.7196856730011519; // 10^(-1/7)
  assertAlmostEquals(learningRate(1), second, 1e-12);
  assertEquals(learningRate(3), learningRate(1));
  assertAlmostEquals(learningRate(4), second * 0.7196856730011519, 1e-12);
  assertAlmostEquals(learningRate(1093), 1e-4, 1e-12);
  assertEquals(learningRate(3279), learningRate(1093));
});

Deno.test("stagedSchedule() has 1 to 8 stages", () => {
  for (const stages of [0, 9, 1.5]) {
    assertThrows(
      () => stagedSchedule(stages),
      RangeError,
      `Expected 1 to 8 stages but found ${stages}`,
    );
  }
});

Deno.test("stagedSchedule() stretches its stages by the length of the first", () => {
  const { epochs, learningRate } = stagedSchedule(3, 2.5);
  assertEquals(epochs, 33); // 2.5 * 13 = 32.5
  assertEquals(learningRate(2.4), 1e-3);
  assertEquals(learningRate(2.5), 1e-3 * 10 ** (-1 / 7));
  assertEquals(learningRate(10), 1e-3 * 10 ** (-2 / 7));
  assertEquals(learningRate(32.9), 1e-3 * 10 ** (-2 / 7)); // the last stage goes on to the end
  assertEquals(stagedSchedule(1, 0.01).epochs, 1);
  assertThrows(() => stagedSchedule(1, 0), RangeError, "above 0");
});
