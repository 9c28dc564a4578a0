import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RunningLogMeanExp } from "../../../models/objectives/running_log_mean_exp.ts";
import { waveValues } from "../../golden/waves.ts";

/** Two items, seven samples, with weights over twelve orders of magnitude. */
const weights = waveValues(14, 0.3, 14);

function gather(...chunks: readonly ArrayLike<number>[]): RunningLogMeanExp {
  const running = new RunningLogMeanExp(2);
  for (const chunk of chunks) running.add(chunk);
  return running;
}

Deno.test("RunningLogMeanExp of weights 1 and 3 has mean 2, error 1/2 and 1.6 effective samples", () => {
  const running = new RunningLogMeanExp(1);
  running.add([0, Math.log(3)]);
  assertEquals(running.importanceSamples, 2);
  assertAlmostEquals(running.logMeanExp()[0]!, Math.LN2, 1e-15);
  // sd of {1, 3} is sqrt(2), the mean's standard error 1, over a mean of 2
  assertAlmostEquals(running.standardErrors()[0]!, 0.5, 1e-15);
  assertAlmostEquals(running.effectiveSampleSizes()[0]!, 1.6, 1e-15); // 4^2 / (1 + 9)
});

Deno.test("RunningLogMeanExp gives the same numbers for any chunks, in any order", () => {
  const whole = gather(weights);
  const rows = Array.from(
    { length: 7 },
    (_, i) => weights.slice(2 * i, 2 * i + 2),
  );
  const reversed = gather(...rows.toReversed());
  const merged = gather(...rows.slice(0, 3));
  merged.merge(gather(...rows.slice(3)));
  for (const running of [reversed, merged]) {
    assertEquals(running.importanceSamples, 7);
    for (let item = 0; item < 2; item++) {
      for (
        const read of [
          (x: RunningLogMeanExp) => x.logMeanExp(),
          (x: RunningLogMeanExp) => x.standardErrors(),
          (x: RunningLogMeanExp) => x.effectiveSampleSizes(),
        ]
      ) {
        // seven additions in double precision of numbers up to 14
        assertAlmostEquals(read(running)[item]!, read(whole)[item]!, 1e-13);
      }
    }
  }
});

Deno.test("RunningLogMeanExp is exact for equal weights far below the range of exp()", () => {
  const running = gather([-1e5, -2e5, -1e5, -2e5, -1e5, -2e5]);
  assertEquals([...running.logMeanExp()], [-1e5, -2e5]);
  assertEquals([...running.standardErrors()], [0, 0]);
  assertEquals([...running.effectiveSampleSizes()], [3, 3]);
});

Deno.test("RunningLogMeanExp counts weights of zero", () => {
  const running = gather([-Infinity, 0, 0, -Infinity]);
  assertEquals([...running.logMeanExp()], [-Math.LN2, -Math.LN2]);
  assertEquals([...running.effectiveSampleSizes()], [1, 1]);
});

Deno.test("RunningLogMeanExp.standardErrors() measure the scatter of estimates", () => {
  // Pairs of weights 1 and 3: log mean is 0, log 2 or log 3 with chances 1/4, 1/2, 1/4; many pairs at once are
  // nearly normal, with a standard deviation of 1 / (2 sqrt(k)) by the delta method.
  const k = 400;
  const running = new RunningLogMeanExp(1);
  for (let i = 0; i < k; i++) running.add([i % 2 ? 0 : Math.log(3)]);
  // k / (k - 1) under the root: the sample's own variance
  const expected = Math.sqrt(1 / (k - 1)) / 2;
  assertAlmostEquals(running.standardErrors()[0]!, expected, 1e-14);
});

Deno.test("RunningLogMeanExp refuses what is no log weight, and keeps what it had", () => {
  const running = gather([0, 0]);
  assertThrows(
    () => running.add([0, 0, 0]),
    RangeError,
    "Expected rows of 2 log weights but found 3 in all",
  );
  assertThrows(
    () => running.add([5, NaN]),
    RangeError,
    "Expected log weights below Infinity but found NaN",
  );
  assertThrows(
    () => running.merge(new RunningLogMeanExp(3)),
    RangeError,
    "Expected weights of 2 items but found 3",
  );
  assertThrows(
    () => new RunningLogMeanExp(0),
    RangeError,
    "Expected items to be positive but found 0",
  );
  assertEquals([...running.logMeanExp()], [0, 0]);
  assertEquals(running.importanceSamples, 1);
});
