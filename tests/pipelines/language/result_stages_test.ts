import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { MetricRecord } from "../../../pipelines/core/context.ts";
import type { DatasetInfo } from "../../../pipelines/core/data/dataset_info.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { drawGradientProfiles } from "../../../pipelines/language/draw_gradient_profiles.ts";
import { drawGradients } from "../../../pipelines/language/draw_gradients.ts";
import { drawTextLoss } from "../../../pipelines/language/draw_text_loss.ts";
import { gatherGradients } from "../../../pipelines/language/gather_gradients.ts";
import {
  growthByLayer,
  steepestMoment,
} from "../../../pipelines/language/gradient_history.ts";
import type { LanguageResults } from "../../../pipelines/language/language_results.ts";
import {
  countSpikes,
  stepsUntil,
} from "../../../pipelines/language/loss_history.ts";
import { reportLanguageModel } from "../../../pipelines/language/report_language_model.ts";
import { summarizeLanguageModel } from "../../../pipelines/language/summarize_language_model.ts";
import type { OwnedSequenceModel } from "../../../pipelines/text/sequence_model.ts";
import { smallText } from "./small_text.ts";

const names = ["embedding", "layer01", "layer02"];

/** A record of training: norms of what enters and of two layers. */
function record(
  step: number,
  loss: number,
  activation: readonly number[],
  weights: readonly number[],
): MetricRecord {
  const norms = names.flatMap((name, i) => [
    [`activation/${name}`, 2 ** i],
    [`gradient/${name}/activation`, activation[i]!],
    [`gradient/${name}/weights`, weights[i]!],
  ]);
  const losses = { "train/loss": loss, "validation/loss": loss + 0.25 };
  const values = { ...losses, ...Object.fromEntries(norms) };
  return { step, epoch: step, values };
}

const history = [
  record(10, 1.2, [1, 4, 4], [1, 2, 1]),
  record(20, 0.6, [1, 1, 8], [1, 2, 6]),
  record(30, 0.4, [1, 2, 1], [1, 3, 3]),
];

const number = (mean: number) => ({ mean, standardError: 0.01 });
const lossOf = (mean: number) => ({
  all: number(mean),
  secondHalf: number(mean / 2),
});
const model = {
  kind: "continues",
  variables: { a: { size: 5 }, b: { size: 7 } },
  places: names.map((name, layer) => ({ name, stack: "", layer, weights: "" })),
} as unknown as OwnedSequenceModel; // what is read of it
const training = { history, snapshots: [], steps: 30, bestStep: 20 };
const dataset = { name: "toy", builtIn: true } as DatasetInfo; // its origin is not read

async function results(): Promise<LanguageResults> {
  const { gradients } = await execute(
    gatherGradients,
    { model, training },
    { seed: 0 },
  );
  return {
    ...{ model, training, gradients, text: smallText },
    validationLoss: lossOf(0.5),
    testLoss: lossOf(Math.LN2),
  };
}

Deno.test("gatherGradients() puts the norms of each record in the order of the places", async () => {
  const { gradients } = await results();
  assertEquals(gradients.map(({ stack, layers }) => [stack, layers]), [[
    "",
    2,
  ]]);
  assertEquals(gradients[0]!.moments[1], {
    ...{ step: 20, rms: [1, 2, 4], activation: [1, 1, 8], weights: [1, 2, 6] },
  });
});

Deno.test("steepestMoment() finds the largest ratio of last over first layer, whichever way it leans", async () => {
  const { gradients } = await results();
  const { moments } = gradients[0]!;
  assertEquals(steepestMoment(moments, "activation").step, 20); // 8 / 1, beside 1 and 1 / 2
  assertEquals(steepestMoment(moments, "weights").step, 20); // 3, beside 1 / 2 and 1
});

Deno.test("growthByLayer() is the factor from layer to layer, without what enters", () => {
  const { slope } = growthByLayer([100, 3, 6, 12]);
  assertAlmostEquals(Math.exp(slope), 2, 1e-12);
});

Deno.test("stepsUntil() is the end of the first record below the threshold", () => {
  assertEquals(stepsUntil(history, 0.65), 20);
  assertEquals(stepsUntil(history, 0.4), undefined); // not below
});

Deno.test("countSpikes() compares the largest gradient with the median of five records before", () => {
  const records = [1, 9, 1, 2, 2, 1, 1].map((mean, i) => ({
    step: i,
    epoch: 0,
    // medians before the last two: 2 of (1, 9, 1, 2, 2), and 2 of (9, 1, 2, 2, 1)
    values: {
      "gradient/all": mean,
      "gradient/largest": [1, 1, 1, 1, 1, 6.5, 5.5][i]!,
    },
  }));
  assertEquals(countSpikes(records), 1);
});

Deno.test("summarizeLanguageModel() names losses in each unit, and ratios of gradients at three moments", async () => {
  const { summary } = await execute(
    summarizeLanguageModel,
    { ...await results(), threshold: 0.5 },
    { seed: 0 },
  );
  const expected = {
    ...{ parameters: 12, steps: 30, bestStep: 20, leastLoss: 0 },
    ...{ "validation/loss": 0.5, "test/loss": Math.LN2, stepsToThreshold: 30 },
    ...{ "test/bitsPerCharacter": 1, "test/perplexity": 2 },
    ...{ "test/secondHalfLoss": Math.LN2 / 2, gradientSpikes: 0 },
    ...{ "gradient/activation/start/lastOverFirst": 1 },
    ...{ "gradient/activation/steepest/lastOverFirst": 8 },
    ...{ "gradient/activation/steepest/step": 20 },
    ...{ "gradient/activation/end/lastOverFirst": 0.5 },
    ...{ "gradient/weights/start/lastOverFirst": 0.5 },
    ...{ "gradient/weights/end/growthByLayer": 1 },
  };
  for (const [name, value] of Object.entries(expected)) {
    assertAlmostEquals(summary[name] ?? NaN, value, 1e-12, name);
  }
});

Deno.test("reportLanguageModel() holds a claim about gradients against the ratios that it tells", async () => {
  const written = `First line\n  second\n${"more\n".repeat(50)}last`;
  const input = { ...await results(), threshold: 0.5, written };
  const run = async (normalization: "pre" | "post") => {
    const { report } = await execute(
      reportLanguageModel,
      { ...input, normalization },
      { seed: 0, store: memoryRun() },
    );
    const [, sample = ""] = report.split("samples.txt):\n\n");
    assertEquals(sample.split("\n").slice(0, 2), [
      "  First line",
      "    second",
    ]);
    assertEquals(sample.split("\n").length, 13); // twelve, and the end
    return report.replace(/\s+/g, " ");
  };
  const [pre, post] = [await run("pre"), await run("post")];
  assert(pre.includes("0.693 ± 0.010 nats per character (1.000 bits"), pre);
  assert(pre.includes("first fell below 0.5 after 30 updates"), pre);
  assert(
    pre.includes(
      '"pre-norm gradients are flat" holds at the start, does not hold where it is steepest and does not hold at the end',
    ),
    pre,
  );
  assert(
    post.includes(
      '"post-norm gradients grow with the layer" does not hold at the start, holds where it is steepest and does not hold',
    ),
    post,
  );
  // from 2 after the first layer to 4 after the second
  assert(pre.includes("is 2.0 times as large after the last layer"), pre);
});

Deno.test("the drawing stages of a language model draw what was recorded", async () => {
  const store = memoryRun();
  const input = { ...await results(), dataset };
  for (const stage of [drawTextLoss, drawGradients, drawGradientProfiles]) {
    await execute(stage, input, { seed: 0, store });
  }
  assertEquals([...store.figures.keys()], [
    "loss",
    "gradients",
    "gradient_profiles",
  ]);
  const text = (name: string) => JSON.stringify(store.figures.get(name)?.spec);
  assert(
    text("loss").includes(`{"series":"training","part":0,"x":20,"y":0.6}`),
  );
  assert(text("loss").includes(`"x":10,"y":1.45}`));
  const second = `{"series":"layer 2","part":0,"x":20,"y":8}`;
  assert(text("gradients").includes(second), text("gradients"));
  const profile = `{"series":"after 30 updates","part":0,"x":1,"y":2}`;
  assert(
    text("gradient_profiles").includes(profile),
    text("gradient_profiles"),
  );
});
