import { assertEquals } from "@std/assert";
import { countParameters } from "../../../../models/parameters/parameters.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import type {
  NegativeEffect,
  NegativeWay,
} from "../../../../pipelines/diffusion/text/measure_negative.ts";
import { summarizeText } from "../../../../pipelines/diffusion/text/summarize_text.ts";
import { textSpecs } from "../../../../pipelines/diffusion/text/text_weights.ts";
import {
  type Accuracy,
  attributes,
} from "../../../../pipelines/images/scenes/accuracy.ts";
import { assertNumbers } from "../../assert_numbers.ts";
import { reportIn } from "../../report_in.ts";

const exactly = (mean: number) => ({ mean, standardError: NaN });
const about = (mean: number, standardError: number) => ({
  ...{ mean, standardError },
});

/** Ink 0.5 with an error, the others from a base on by hundredths. */
const accuracy = (base: number): Accuracy =>
  Object.fromEntries(
    attributes.map((name, i) => [
      name,
      i === 0 ? about(base, 0.0156) : exactly(base + i / 100),
    ]),
  ) as Accuracy; // all attributes

const effect: NegativeEffect = {
  count: 13,
  grounds: [
    { colour: "red", without: exactly(0.25), negative: exactly(0.5) },
    { colour: "blue", without: about(0.75, 0.05), negative: exactly(0.125) },
  ],
  changedGround: exactly(0.625),
  changedOther: about(0.375, 0.125),
  kept: {
    ink: exactly(0.91),
    thickness: exactly(0.92),
    place: exactly(0.93),
    digits: exactly(0.94),
  },
  asAsked: { without: exactly(0.81), negative: exactly(0.82) },
  overlap: about(0.5, 0.02),
  otherOverlap: about(0.25, 0.03),
  shift: about(1.5, 0.04),
  otherShift: about(4.5, 0.05),
  pictures: [new Uint8Array(), new Uint8Array()],
};

async function summarized(
  own: {
    readonly negativeEffect?: NegativeEffect;
    readonly negativeWays?: readonly NegativeWay[];
  } = {},
) {
  const store = memoryRun();
  const { summary } = await execute(summarizeText, {
    ...{ prompt: "a thin five", guidance: 2 },
    readings: ["a thin five", "a thin six", "a thin five"],
    ...{ readerAccuracy: accuracy(0.9), codedAccuracy: accuracy(0.8) },
    promptCases: [
      { kind: "seen", count: 40, accuracy: accuracy(0.7) },
      { kind: "ink with digit", count: 17, accuracy: accuracy(0.6) },
    ],
    negativeEffect: own.negativeEffect,
    negativeWays: own.negativeWays ?? [],
    textSamplerCases: [{
      ...{ sampler: "ddim", steps: 4, distance: 0.12345 },
      ...{ everything: about(0.8, 0.08), picture: new Uint8Array() },
    }],
  }, { seed: 0, store });
  return { summary, report: reportIn(store).split("\n") };
}

const rest = (base: number) =>
  `ground ${base + 1}.0 %, thickness ${base + 2}.0 %, place ${base + 3}.0 %, ` +
  `digits ${base + 4}.0 %, everything ${base + 5}.0 %.`;

Deno.test("summarizeText() tells what is read in pictures, how often it is right, and what a negative prompt changes", async () => {
  const { report } = await summarized({ negativeEffect: effect });
  assertEquals(report, [
    'Asked for "a thin five", read in the pictures: a thin five (2); a thin six (1).',
    `Read right in test scenes: ink 90.0 ± 1.6 %, ${rest(90)}`,
    `Read right in test scenes, encoded and decoded: ink 80.0 ± 1.6 %, ${
      rest(80)
    }`,
    `Read right in 40 prompts, seen: ink 70.0 ± 1.6 %, ${rest(70)}`,
    `Read right in 17 prompts, ink with digit: ink 60.0 ± 1.6 %, ${rest(60)}`,
    '"a thick red three" from 13 starts without and with the negative prompt "a blue ground": ' +
    "grounds red 25.0 % and 50.0 %, blue 75.0 ± 5.0 % and 12.5 %. The ground is another one in " +
    "62.5 % of all, and in 37.5 ± 12.5 % of those whose ground was not blue.",
    "Kept as they were: digits 94.0 %, ink 91.0 %, thickness 92.0 %, place 93.0 %; read as " +
    "asked 81.0 % without and 82.0 % with it. Strokes overlap by 0.500 ± 0.020 with those " +
    "without it, by 0.250 ± 0.030 with those of another start; their centre moves by 1.500 ± " +
    "0.040 pixels, and is 4.500 ± 0.050 from that of another start.",
    "ddim, 4 steps: everything right for 80.0 ± 8.0 % of the prompts, 0.123 from the end of the flow.",
  ]);
  const none = await summarized();
  assertEquals(none.report.length, 6);
  const { changedOther: _, ...others } = effect;
  const all = await summarized({
    negativeEffect: { ...others, changedOther: undefined },
  });
  assertEquals(
    all.report[5]!.endsWith("The ground is another one in 62.5 % of all."),
    true,
  );
});

Deno.test("summarizeText() tells other guidances and parts of the steps that lead away", async () => {
  const { pictures: _, ...measured } = effect;
  const way = { ...measured, guidance: 1.5, part: 0.4 };
  const { report, summary } = await summarized({ negativeWays: [way] });
  assertEquals(
    report[5],
    "At guidance 1.5, led away in the first 40 % of the steps: ground blue 75.0 ± 5.0 % and 12.5 %, " +
      "other grounds changed in 37.5 ± 12.5 %; digits kept in 94.0 %, read as asked 81.0 % and " +
      "82.0 %; strokes overlap by 0.500 ± 0.020, by 0.250 ± 0.030 with another start.",
  );
  const path = "negative/guidance/1.5/part/0.4";
  assertEquals(
    Object.entries(summary).filter(([name]) => name.startsWith(path)),
    Object.entries({
      [`${path}/without/blue`]: 0.75,
      [`${path}/without/blueStdErr`]: 0.05,
      [`${path}/with/blue`]: 0.125,
      [`${path}/changedOther`]: 0.375,
      [`${path}/changedOtherStdErr`]: 0.125,
      [`${path}/kept/digits`]: 0.94,
      [`${path}/asAsked/with`]: 0.82,
      [`${path}/overlap`]: 0.5,
      [`${path}/overlapStdErr`]: 0.02,
      [`${path}/otherOverlap`]: 0.25,
      [`${path}/otherOverlapStdErr`]: 0.03,
    }),
  );
});

Deno.test("summarizeText() names each number, and errors where there are some", async () => {
  const { summary } = await summarized({ negativeEffect: effect });
  const named = (path: string, base: number) =>
    Object.fromEntries([
      [`${path}/inkStdErr`, 0.0156],
      ...attributes.map((name, i) =>
        [`${path}/${name}`, base + i / 100] as const
      ),
    ]);
  assertNumbers(summary, {
    parameters: countParameters(textSpecs()),
    ...named("test/reader", 0.9),
    ...named("test/coded", 0.8),
    ...named("prompts/seen", 0.7),
    ...named("prompts/ink-with-digit", 0.6),
    "negative/starts": 13,
    "negative/without/red": 0.25,
    "negative/with/red": 0.5,
    "negative/without/blue": 0.75,
    "negative/without/blueStdErr": 0.05,
    "negative/with/blue": 0.125,
    "negative/changedGround": 0.625,
    "negative/changedOther": 0.375,
    "negative/changedOtherStdErr": 0.125,
    "negative/kept/ink": 0.91,
    "negative/kept/thickness": 0.92,
    "negative/kept/place": 0.93,
    "negative/kept/digits": 0.94,
    "negative/asAsked/without": 0.81,
    "negative/asAsked/with": 0.82,
    "negative/overlap": 0.5,
    "negative/overlapStdErr": 0.02,
    "negative/otherOverlap": 0.25,
    "negative/otherOverlapStdErr": 0.03,
    "negative/shift": 1.5,
    "negative/shiftStdErr": 0.04,
    "negative/otherShift": 4.5,
    "negative/otherShiftStdErr": 0.05,
    "samplers/ddim/4/everything": 0.8,
    "samplers/ddim/4/everythingStdErr": 0.08,
    "samplers/ddim/4/distance": 0.12345,
  });
  const { summary: without } = await summarized();
  assertEquals(
    Object.keys(without).filter((name) => name.startsWith("negative")),
    [],
  );
});
