import { assertEquals } from "@std/assert";
import type { MetricRecord } from "../../../../pipelines/core/context.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import type {
  InitialKind,
  LayerJacobian,
  NormStudy,
  TrainedKind,
} from "../../../../pipelines/language/norm_study/norm_study_entries.ts";
import { reportNormStudy } from "../../../../pipelines/language/norm_study/report_norm_study.ts";
import { summarizeNormStudy } from "../../../../pipelines/language/norm_study/summarize_norm_study.ts";
import type { PlaceNorms } from "../../../../pipelines/language/place_norms.ts";
import { smallText } from "../small_text.ts";
import { assertNumbers } from "../../assert_numbers.ts";
import numbers from "./study_numbers.json" with { type: "json" };
import { reportIn } from "../../report_in.ts";

/** Norms that grow from layer to layer by a factor each, and end at a length. */
const norms = (
  layers: number,
  [rms, activation, weights]: readonly [number, number, number],
  end = 1,
): PlaceNorms => {
  const path = (growth: number) =>
    Array.from(
      { length: layers + 1 },
      (_, i) => i === 0 ? 77 : end * growth ** (i - layers),
    );
  return {
    rms: path(rms),
    activation: path(activation),
    weights: path(weights),
  };
};

const untrained = (["pre", "post"] as const).flatMap((normalization) =>
  [2, 4].map((layers): InitialKind => ({
    ...{ normalization, layers },
    stacks: [{
      ...{ stack: "", layers },
      draws: [0.5, 0.75].map((power) => {
        const growths = normalization === "pre"
          ? [2, 1.0625, 0.5] as const
          : [1, 2, 2] as const;
        return norms(layers, growths, layers ** power);
      }),
    }],
  }))
);

const jacobian = (
  layer: number,
  largest: number,
  smallest: number,
): LayerJacobian => ({
  ...{ layer, largest, smallest, smallestKept: smallest * 4 },
  derivationError: largest * 1e-7,
});

const record = (step: number, loss: number, spikes = 1): MetricRecord => ({
  ...{ step, epoch: step },
  values: {
    ...{ "train/loss": loss, "gradient/all": 1, "gradient/largest": spikes },
  },
});

const run = (testLoss: number, ratios: readonly number[], at: number) => ({
  testLoss,
  training: {
    ...{ snapshots: [], steps: 80, bestStep: 80 },
    history: [10, 20, 30, 40, 50, 60].map((step) =>
      record(step, step < at ? 0.9 : 0.4, step === 60 ? 5 : 1)
    ),
  },
  gradients: [{
    ...{ stack: "", layers: 2 },
    moments: ratios.map((ratio, i) => ({
      ...{ step: i, rms: [1, 1, 1], activation: [9, 1, ratio] },
      weights: [9, 2, ratio],
    })),
  }],
});

const trained: readonly TrainedKind[] = [
  {
    ...{ kind: "prenorm-deep", normalization: "pre", layers: 2 },
    runs: [run(0.5, [1, 0.25, 0.5], 20), run(0.75, [1, 0.25, 0.5], 40)],
  },
  {
    ...{ kind: "postnorm-deep", normalization: "post", layers: 2 },
    runs: [run(1.5, [2, 8, 4], 30), run(1.75, [4, 16, 2], 99)],
  },
];

const study: NormStudy = {
  ...{ trained, untrained },
  derivatives: [
    {
      normalization: "pre",
      jacobians: [
        ...[jacobian(1, 2, 0.25), jacobian(1, 8, 0.0625)],
        ...[jacobian(3, 1.5, 0.5), jacobian(3, 1.5, 0.5)],
      ],
    },
    {
      normalization: "post",
      jacobians: [jacobian(1, 1.25, 0.03125), jacobian(2, 3, 0.125)],
    },
  ],
  stability: [{
    kind: "prenorm-deep",
    rates: [
      {
        ...{ search: "cold", steps: 100, warmUp: 0, range: [0.5, 0.001] },
        ...{ stable: 0.064, unstable: 0.128, loss: 2 },
      },
      {
        ...{ search: "patient", steps: 900, warmUp: 300, range: [0.5, 0.001] },
        ...{ stable: 0.25, unstable: 0.5, loss: 1.25 },
      },
    ],
  }],
};

Deno.test("reportNormStudy() answers each question with the numbers of the study", async () => {
  const store = memoryRun();
  const input = { ...study, threshold: 0.5 };
  await execute(reportNormStudy, input, { seed: 0, store });
  const paragraphs = reportIn(store).split("\n");
  assertEquals(paragraphs.length, 5);
  const [depth, layer, derivative, reached, rates] = paragraphs;
  assertEquals(
    depth,
    "How do gradients change with the depth, before training? The gradient of the last " +
      "layer's weights changes with the depth L by an exponent of: pre-norm 0.63 ± 0.13 in the " +
      "causal stack, where -0.63 is expected (it is 1.25 off); post-norm 0.63 ± 0.13 in the " +
      "causal stack, where -0.63 is expected (it is 1.25 off). (Expected: the inverse of the " +
      "growth of the vectors that the last norm divides by, which for pre-norm tends to -0.5; " +
      "Xiong et al. 2020, theorem 1.)",
  );
  assertEquals(
    layer,
    'How do gradients change with the layer, before training? The claim that "post-norm ' +
      'gradients grow with the layer" holds in the causal stack of 4 layers (‖∂L/∂x‖ grows, ' +
      'last over first 8; ‖∂L/∂W‖ grows, 8). The claim that "pre-norm gradients are flat" ' +
      "holds in part in the causal stack of 4 layers (‖∂L/∂x‖ stays flat, last over first 1.2; " +
      "‖∂L/∂W‖ falls, 0.125).",
  );
  assertEquals(
    derivative,
    "What does one layer do to a small change of its input? The derivative of a pre-norm " +
      "layer of attention, 1 + (dA/dy)(dy/dx), keeps the identity: its largest singular value " +
      "goes from 4.0 in layer 1 to 1.5 in layer 3, its smallest from 0.50 in layer 1 to 2.0 in " +
      "layer 3 (the chain rule agrees to 8e-7). That of a post-norm layer, (dnorm/dy)(1 + " +
      "dA/dx), takes two directions of each vector away; of the others its largest singular " +
      "value goes from 1.3 in layer 1 to 3.0 in layer 2, its smallest from 0.13 in layer 1 to " +
      "0.50 in layer 2 (the chain rule agrees to 3e-7).",
  );
  assertEquals(
    reached,
    "What do trained models reach, and how do their gradients change with the layer? " +
      "prenorm-deep reaches a test loss of 0.63 ± 0.13 nats per character and falls below 0.5 " +
      "after 30 ± 10 updates; from the first layer to the last its ‖∂L/∂x‖ stays flat (1) in " +
      "the first updates, falls (0.25) where it is steepest, and falls (0.5) in the last. " +
      "postnorm-deep reaches a test loss of 1.63 ± 0.13 nats per character and falls below 0.5 " +
      "in 1 of 2 runs; from the first layer to the last its ‖∂L/∂x‖ grows (2.8 ×/÷ 1.4) in the " +
      "first updates, grows (11 ×/÷ 1.4) where it is steepest, and grows (2.8 ×/÷ 1.4) in the " +
      "last. Seed by seed, the test loss of postnorm-deep less that of prenorm-deep is 1 nats " +
      "per character.",
  );
  assertEquals(
    rates,
    "How large a learning rate does each model bear? The largest learning rate with which " +
      "prenorm-deep learns within 100 updates is 0.064 without warm-up. It does learn within " +
      "900 updates, 300 of them warm-up: 9.0 times as many. The largest rate is then 0.25 of " +
      "0.50 to 0.0010, and the last updates cost 1.25 nats per character. Errors are standard " +
      'errors over draws; "flat" is within a factor of 1.5 from the first layer to the last.',
  );
});

Deno.test("summarizeNormStudy() names means and errors of trained and untrained models", async () => {
  const { summary } = await execute(
    summarizeNormStudy,
    { ...study, threshold: 0.5, text: { ...smallText, entropyRate: 0.25 } },
    { seed: 0 },
  );
  assertNumbers(summary, numbers);
});
