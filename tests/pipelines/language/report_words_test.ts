import { assertEquals } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import type { LanguageResults } from "../../../pipelines/language/language_results.ts";
import { floorOf } from "../../../pipelines/language/loss_floor.ts";
import { reportLanguageModel } from "../../../pipelines/language/report_language_model.ts";
import { summarizeLanguageModel } from "../../../pipelines/language/summarize_language_model.ts";
import { assertNumbers } from "../assert_numbers.ts";
import { reportIn } from "../report_in.ts";
import { smallText } from "./small_text.ts";

const moment = (
  step: number,
  activation: readonly number[],
  weights: readonly number[],
) => ({ step, rms: [1, 2, 3, 8], activation, weights });

const record = (step: number, loss: number, largest = 1) => ({
  ...{ step, epoch: step },
  values: {
    "train/loss": loss,
    "gradient/all": 1,
    "gradient/largest": largest,
  },
});

const results = {
  model: {
    kind: "continues",
    variables: { a: { size: 5 }, b: { size: 7 } },
  },
  text: { ...smallText, entropyRate: 0.4375 },
  training: {
    history: [
      ...[record(10, 0.9), record(20, 0.9), record(30, 0.3), record(40, 0.3)],
      ...[record(50, 0.3), record(60, 0.2, 3.5)],
    ],
    ...{ snapshots: [], steps: 60, bestStep: 50 },
  },
  validationLoss: {
    all: { mean: 0.5, standardError: 0.02 },
    secondHalf: { mean: 0.45, standardError: 0.01 },
  },
  testLoss: {
    all: { mean: Math.LN2, standardError: 0.0125 },
    secondHalf: { mean: 0.625, standardError: 0.01 },
  },
  gradients: [
    {
      ...{ stack: "encoder", layers: 3 },
      moments: [
        moment(10, [9, 1, 2, 4], [9, 8, 4, 2]),
        moment(30, [9, 1, 4, 16], [9, 3, 3, 3]),
        moment(60, [9, 4, 2, 1], [9, 1, 3, 9]),
      ],
    },
    {
      ...{ stack: "decoder", layers: 1 },
      moments: [moment(10, [1, 1], [1, 1])],
    },
  ],
} as unknown as LanguageResults; // what is told of them

async function report(normalization: "pre" | "post", threshold: number) {
  const store = memoryRun();
  const written = "To be";
  const input = { ...results, written, normalization, threshold };
  await execute(reportLanguageModel, input, { seed: 0, store });
  const [report = "", ...sample] = reportIn(store).split("\nIt wrote ");
  assertEquals(sample, ["(all of it is in samples.txt):\n To be"]);
  return report;
}

Deno.test("reportLanguageModel() tells losses, gradients at three moments, and its verdicts", async () => {
  assertEquals(
    await report("pre", 0.5),
    "After 50 weight updates the test loss is 0.693 ± 0.013 nats per character (1.000 bits; " +
      "perplexity 2.00). No model can be below 0.438; in the second half of a window, where " +
      "enough has been read, it is 0.625. The training loss first fell below 0.5 after 30 " +
      "updates. 1 record shows a gradient more than 3 times longer than usual. ‖∂L/∂x‖ of the " +
      "encoder grows (4) from layer 1 to 3 in the first updates, grows (16) where it is " +
      'steepest, up to update 30, and falls (0.25) in the last ones: the claim that "pre-norm ' +
      'gradients are flat" does not hold at the start, does not hold where it is steepest and ' +
      "does not hold at the end. ‖∂L/∂W‖ of the encoder falls (0.25) from layer 1 to 3 in the " +
      "first updates, grows (9) where it is steepest, up to update 60, and grows (9) in the " +
      'last ones: the claim that "pre-norm gradients are flat" does not hold at the start, ' +
      "does not hold where it is steepest and does not hold at the end. At the start the root " +
      "mean square of x is 4.0 times as large after the last layer as after the first; a " +
      "pre-norm gradient is expected to fall by as much, to 0.25. (In brackets: last over " +
      "first layer; flat is within a factor of 1.5.)",
  );
  const post = await report("post", 0.1);
  assertEquals(
    post.slice(post.indexOf("The training loss")),
    "The training loss never fell below 0.1. 1 record shows a gradient more than 3 times " +
      "longer than usual. ‖∂L/∂x‖ of the encoder grows (4) from layer 1 to 3 in the first " +
      "updates, grows (16) where it is steepest, up to update 30, and falls (0.25) in the last " +
      'ones: the claim that "post-norm gradients grow with the layer" holds at the start, ' +
      "holds where it is steepest and does not hold at the end. ‖∂L/∂W‖ of the encoder falls " +
      "(0.25) from layer 1 to 3 in the first updates, grows (9) where it is steepest, up to " +
      'update 60, and grows (9) in the last ones: the claim that "post-norm gradients grow ' +
      'with the layer" does not hold at the start, holds where it is steepest and holds at the ' +
      "end. (In brackets: last over first layer; flat is within a factor of 1.5.)",
  );
});

Deno.test("summarizeLanguageModel() names losses and gradients of each stack with several layers", async () => {
  const input = { ...results, threshold: 0.5 };
  const { summary } = await execute(summarizeLanguageModel, input, { seed: 0 });
  assertNumbers(summary, {
    "parameters": 12,
    "steps": 60,
    "bestStep": 50,
    "validation/loss": 0.5,
    "validation/lossStdErr": 0.02,
    "test/loss": 0.69314718056,
    "test/lossStdErr": 0.0125,
    "test/bitsPerCharacter": 1,
    "test/perplexity": 2,
    "test/secondHalfLoss": 0.625,
    "leastLoss": 0.4375,
    "stepsToThreshold": 30,
    "gradientSpikes": 1,
    "gradient/encoder/activation/start/lastOverFirst": 4,
    "gradient/encoder/activation/start/growthByLayer": 2,
    "gradient/encoder/activation/steepest/step": 30,
    "gradient/encoder/activation/steepest/lastOverFirst": 16,
    "gradient/encoder/activation/steepest/growthByLayer": 4,
    "gradient/encoder/activation/end/lastOverFirst": 0.25,
    "gradient/encoder/activation/end/growthByLayer": 0.5,
    "gradient/encoder/weights/start/lastOverFirst": 0.25,
    "gradient/encoder/weights/start/growthByLayer": 0.5,
    "gradient/encoder/weights/steepest/step": 60,
    "gradient/encoder/weights/steepest/lastOverFirst": 9,
    "gradient/encoder/weights/steepest/growthByLayer": 3.0,
    "gradient/encoder/weights/end/lastOverFirst": 9,
    "gradient/encoder/weights/end/growthByLayer": 3.0,
  });
});

Deno.test("floorOf() is the entropy rate where it is known, and nothing where all is told", () => {
  const text = { ...smallText, entropyRate: 0.2699861 };
  assertEquals(floorOf("continues", text), [
    { y: 0.2699861, label: "entropy rate of the text, 0.270" },
  ]);
  assertEquals(floorOf("translates", text), [{ y: 0, label: "all is known" }]);
  const { entropyRate: _, ...unknown } = text;
  assertEquals(floorOf("continues", unknown), []);
});
