import { assertEquals } from "@std/assert";
import type { StableRate } from "../../../../pipelines/language/norm_study/norm_study_entries.ts";
import { stabilitySentence } from "../../../../pipelines/language/norm_study/stability_sentence.ts";

const cold: StableRate = {
  search: "cold",
  steps: 120,
  warmUp: 0,
  range: [0.512, 0.0005],
  stable: 0.064,
  unstable: 0.128,
  loss: 2,
};
const warm: StableRate = {
  ...cold,
  search: "warmUp",
  warmUp: 40,
  stable: 0.128,
};
const none = { stable: 0, unstable: 0.0005 };
const patient: StableRate = {
  search: "patient",
  steps: 1000,
  warmUp: 500,
  range: [0.002, 0.00003125],
  stable: 0.00025,
  unstable: 0.0005,
  loss: 2.387,
};

function without({ loss: _loss, ...rate }: StableRate): StableRate {
  return { ...rate, ...none };
}

Deno.test("stabilitySentence() tells both rates of a model that bears them", () => {
  assertEquals(
    stabilitySentence({ kind: "prenorm-deep", rates: [cold, warm] }),
    "The largest learning rate with which prenorm-deep learns within 120 updates is 0.064 without warm-up and 0.13 with 40 updates of warm-up.",
  );
});

Deno.test("stabilitySentence() tells where a model learns that needs patience, and what it costs", () => {
  const rates = [without(cold), without(warm), patient];
  assertEquals(
    stabilitySentence({ kind: "postnorm-deep", rates }),
    "The largest learning rate with which postnorm-deep learns within 120 updates is none of 0.51 to 0.00050 without warm-up and none of 0.51 to 0.00050 with 40 updates of warm-up. It does learn within 1000 updates, 500 of them warm-up: 8.3 times as many. The largest rate is then 0.00025 of 0.0020 to 0.000031, and the last updates cost 2.39 nats per character.",
  );
});

Deno.test("stabilitySentence() claims no more than was searched where nothing was found", () => {
  const rates = [without(cold), without(warm), without(patient)];
  assertEquals(
    stabilitySentence({ kind: "postnorm-deep", rates }).split(". ")[1],
    "Nor does it learn within 1000 updates, 500 of them warm-up, with any of 0.0020 to 0.000031.",
  );
});
