import { assertEquals } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import type { LossStudy } from "../../../pipelines/gan/losses/loss_study.ts";
import { reportLossStudy } from "../../../pipelines/gan/losses/report_loss_study.ts";
import type { Training } from "../../../pipelines/training/training.ts";
import { assertNumbers } from "../assert_numbers.ts";
import { reportIn } from "../report_in.ts";

const dataset = { name: "toy", builtIn: true } as LossStudy["dataset"]; // its origin is not read

function training(
  records: readonly (readonly [number, number, Record<string, number>])[],
  steps = 30,
): Training {
  return {
    history: records.map(([step, epoch, values]) => ({ step, epoch, values })),
    ...{ snapshots: [], steps, bestStep: 0 },
  };
}

const turns = (generatorLoss: number) => ({
  "train/generatorLoss": generatorLoss,
  "train/discriminatorLoss": 2 * generatorLoss,
  ...{ "train/real": 0.75, "train/fake": 0.25, "train/fakeAfter": 0.125 },
  "train/gradientNorm": 16,
});

const games = [
  { title: "q = N(2, 1)", name: "shift-2", target: 1, value: -0.5 },
  { title: "q = N(0, 4)", name: "scale-2", target: 0.9, value: -1.25 },
].map(({ value, ...rest }) => ({
  ...rest,
  ...{ p: { mean: 0, deviation: 1 }, q: { mean: 2, deviation: 1 }, curve: [] },
  value: { mean: value, standardError: 0.02 },
  game: {
    ...{ value: value + 0.125, jensenShannon: 0.375 },
    ...{ saturatingSlope: -0.0625, nonSaturatingSlope: -0.75 },
  },
})) as unknown as LossStudy["gaussians"]; // only these numbers of a game are told

const frozen = (scale: number) => [
  { updates: 0, real: 0.5, fake: 0.5, saturating: 2, nonSaturating: 2 },
  {
    ...{ updates: 50, real: 0.9, fake: 0.2, saturating: scale },
    nonSaturating: 6000 * scale,
  },
];

const balanced = (
  loss: "saturating" | "non-saturating",
  distance: number,
) => ({
  loss,
  training: training([
    [5, 1, { ...turns(1), "samples/frechetDistance": 999 }],
    [9, 3, { ...turns(1), "samples/frechetDistance": distance }],
  ]),
});

async function study(balancedRuns: LossStudy["balancedRuns"]) {
  const store = memoryRun();
  const { summary } = await execute(reportLossStudy, {
    ...{ frozenRuns: [frozen(0.25), frozen(0.25)], balancedRuns },
    ...{ gaussians: games, slopes: [], dataset },
  }, { seed: 0, store });
  return { summary, report: reportIn(store) };
}

const apart = [
  balanced("saturating", 30),
  balanced("saturating", 34),
  balanced("non-saturating", 19),
  balanced("non-saturating", 25),
];

Deno.test("reportLossStudy() tells gradients, values of exact games, and how far both losses are apart", async () => {
  const { summary, report } = await study(apart);
  assertEquals(
    report,
    "Against a generator that does not learn, 50 updates of D took D(G(z)) from 0.5 to 0.2. " +
      "The gradient of log(1 - D(G(z))) went from 2 to 0.25, that of -log D(G(z)) from 2 to " +
      "1,500: their ratio is 6,000, where (1 - D) / D says 4.\nThe value of the game of p = " +
      "N(0, 1) and q, in nats: -0.500 ± 0.020 learned and -0.3750 exact (2 JSD - log 4 with " +
      "JSD 0.3750) for q = N(2, 1); -1.250 ± 0.020 learned and -1.1250 exact for q = N(0, 4). " +
      "No discriminator does better than the optimal one, but for the error of held-out " +
      "points.\nWhere both players learn in turn, D does not get so far ahead: D(G(z)) is 0.25 " +
      "at the end. After epoch 3 the Fréchet distance is 32.0 ± 2.0 with the saturating loss " +
      "and 22.0 ± 3.0 without. Seed by seed they differ by 10.0 ± 1.0: more than two standard " +
      "errors.",
  );
  const near = await study([
    balanced("saturating", 30),
    balanced("saturating", 34),
    balanced("non-saturating", 27),
    balanced("non-saturating", 33),
  ]);
  assertEquals(
    near.report.split(". ").at(-1),
    "Seed by seed they differ by 2.0 ± 1.0: no more than two standard errors.",
  );
  const alone = await study([apart[0]!, apart[2]!].map((one) => one));
  assertEquals(
    alone.report.split(". ").at(-1),
    "One seed each tells no difference.",
  );
  assertNumbers(summary, {
    "seeds": 2,
    "frozen/0/real": 0.5,
    "frozen/0/fake": 0.5,
    "frozen/0/saturating": 2,
    "frozen/0/nonSaturating": 2,
    "frozen/0/ratio": 1,
    "frozen/0/predictedRatio": 1,
    "frozen/50/real": 0.9,
    "frozen/50/fake": 0.2,
    "frozen/50/saturating": 0.25,
    "frozen/50/nonSaturating": 1500,
    "frozen/50/ratio": 5999.999999999995,
    "frozen/50/predictedRatio": 4,
    "gaussian/shift-2/value": -0.5,
    "gaussian/shift-2/valueStdErr": 0.02,
    "gaussian/shift-2/exactValue": -0.375,
    "gaussian/shift-2/jensenShannon": 0.375,
    "gaussian/shift-2/saturatingSlope": -0.0625,
    "gaussian/shift-2/nonSaturatingSlope": -0.75,
    "gaussian/scale-2/value": -1.25,
    "gaussian/scale-2/valueStdErr": 0.02,
    "gaussian/scale-2/exactValue": -1.125,
    "gaussian/scale-2/jensenShannon": 0.375,
    "balanced/saturating/frechetDistance": 32,
    "balanced/saturating/frechetDistanceStdErr": 2,
    "balanced/saturating/fake": 0.25,
    "balanced/saturating/fakeStdErr": 0,
    "balanced/saturating/gradientNorm": 16,
    "balanced/saturating/gradientNormStdErr": 0,
    "balanced/non-saturating/frechetDistance": 22,
    "balanced/non-saturating/frechetDistanceStdErr": 3,
    "balanced/non-saturating/fake": 0.25,
    "balanced/non-saturating/fakeStdErr": 0,
    "balanced/non-saturating/gradientNorm": 16,
    "balanced/non-saturating/gradientNormStdErr": 0,
  });
});
