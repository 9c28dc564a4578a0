import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { MetricRecord } from "../../../pipelines/core/context.ts";
import { frequencyEntropy } from "../../../pipelines/text/frequency_entropy.ts";
import {
  gradientHistories,
  growthByLayer,
  lastOverFirst,
} from "../../../pipelines/language/gradient_history.ts";
import {
  countSpikes,
  stepsUntil,
} from "../../../pipelines/language/loss_history.ts";
import { textLosses } from "../../../pipelines/text/text_losses.ts";
import { trendOf } from "../../../pipelines/statistics/trend.ts";

function records(
  values: readonly Readonly<Record<string, number>>[],
): readonly MetricRecord[] {
  return values.map((values, i) => ({ step: 10 * (i + 1), epoch: i, values }));
}

Deno.test("textLosses() are one loss in three units", () => {
  const { loss, bitsPerCharacter, perplexity } = textLosses(3 * Math.LN2);
  assertEquals(loss, 3 * Math.LN2);
  assertAlmostEquals(bitsPerCharacter, 3, 1e-15);
  assertAlmostEquals(perplexity, 8, 1e-14); // of the size of eight roundings
});

Deno.test("stepsUntil() finds the first record below the threshold", () => {
  const history = records([
    { "train/loss": 3 },
    { "validation/loss": 0 },
    { "train/loss": 1 },
    { "train/loss": 0.9 },
    { "train/loss": 1.5 },
  ]);
  assertEquals(stepsUntil(history, 1), 40); // below, not at
  assertEquals(stepsUntil(history, 0.5), undefined);
});

Deno.test("countSpikes() compares with the median of the five records before", () => {
  const calm = { "gradient/all": 1, "gradient/largest": 1.2 };
  const spike = { "gradient/all": 50, "gradient/largest": 3.1 };
  assertEquals(countSpikes(records([spike, calm, calm, calm, calm])), 0); // nothing to compare with
  const five = [calm, calm, calm, calm, calm];
  assertEquals(countSpikes(records([...five, spike, calm, spike])), 2);
  assertEquals(countSpikes(records([...five.slice(1), spike])), 0); // four are too few
  assertEquals(countSpikes(records([...five, spike])), 1);
  const high = { "gradient/all": 1, "gradient/largest": 3 };
  assertEquals(countSpikes(records([...five, high])), 0); // not longer than three times
});

Deno.test("gradientHistories() orders norms by stack, step and place", () => {
  const places = [
    { name: "a/embedding", stack: "a", layer: 0, weights: "" },
    { name: "a/layer01", stack: "a", layer: 1, weights: "" },
    { name: "b/embedding", stack: "b", layer: 0, weights: "" },
  ];
  const values = Object.fromEntries(
    places.flatMap(({ name }, i) => [
      [`activation/${name}`, i],
      [`gradient/${name}/activation`, 10 + i],
      [`gradient/${name}/weights`, 20 + i],
    ]),
  );
  const history = records([{ "validation/loss": 1 }, values]);
  assertEquals(gradientHistories(history, places), [{
    stack: "a",
    layers: 1,
    moments: [{
      step: 20,
      rms: [0, 1],
      activation: [10, 11],
      weights: [20, 21],
    }],
  }, {
    stack: "b",
    layers: 0,
    moments: [{ step: 20, rms: [2], activation: [12], weights: [22] }],
  }]);
});

Deno.test("growth and ratio leave out what enters the stack", () => {
  const norms = [100, 1, 2, 4, 8];
  assertEquals(lastOverFirst(norms), 8);
  assertAlmostEquals(Math.exp(growthByLayer(norms).slope), 2, 1e-14);
});

Deno.test("trendOf() calls a factor of one and a half flat", () => {
  assertEquals([1.5, 1.49, 1, 0.67, 0.66].map(trendOf), [
    "grows",
    "stays flat",
    "stays flat",
    "stays flat",
    "falls",
  ]);
});

Deno.test("frequencyEntropy() is that of the frequencies alone", () => {
  assertAlmostEquals(frequencyEntropy([0, 1, 2, 3], 5), Math.log(4), 1e-15);
  assertEquals(frequencyEntropy([2, 2, 2], 3), 0);
});
