import { assertEquals } from "@std/assert";
import { balancedMeans } from "../../../pipelines/gan/losses/balanced_means.ts";
import { frozenMeans } from "../../../pipelines/gan/losses/frozen_means.ts";
import type { BalancedRun } from "../../../pipelines/gan/losses/loss_study.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { pipeline } from "../../../pipelines/core/pipeline.ts";
import { buildPlayers } from "../../../pipelines/gan/build_players.ts";
import type { GanSizes } from "../../../pipelines/gan/gan_settings.ts";
import { learnGaussians } from "../../../pipelines/gan/losses/learn_gaussians.ts";
import type { FrozenRequest } from "../../../pipelines/gan/losses/losses_settings.ts";
import { trainOnFrozen } from "../../../pipelines/gan/losses/train_on_frozen.ts";
import type { GreyImages } from "../../../pipelines/images/images.ts";
import { smallImages } from "./small_images.ts";

Deno.test("means over seeds of frozen generators are geometric", () => {
  const point = (saturating: number, fake: number) => ({
    updates: 7,
    real: 0.9,
    fake,
    saturating,
    nonSaturating: 8,
  });
  const [found] = frozenMeans([[point(1, 0.5)], [point(4, 0.2)]]);
  const near = (actual: number, expected: number) =>
    assertEquals(Math.abs(actual - expected) < 1e-12, true, `${actual}`);
  near(found!.saturating.mean, 2);
  near(found!.ratio.mean, 4); // of 8 and 2
  near(found!.predictedRatio.mean, 2); // of 1 and 4
});

Deno.test("means of balanced trainings are over the games of one loss", () => {
  const run = (loss: BalancedRun["loss"], y: number) =>
    ({
      loss,
      training: {
        history: [{ step: 1, epoch: 1, values: { y } }],
        snapshots: [],
        steps: 1,
        bestStep: 1,
      },
    }) as const;
  const runs = [
    run("saturating", 1),
    run("non-saturating", 9),
    run("saturating", 3),
  ];
  assertEquals(balancedMeans(runs, "saturating", "y"), [
    { epoch: 1, mean: 2, standardError: 1 },
  ]);
});

Deno.test("while D learns alone, the ratio of both gradients is (1 - D) / D", async () => {
  const stages = pipeline<
    Partial<FrozenRequest & GanSizes> & {
      readonly grey: GreyImages;
      readonly batch: number;
      readonly learningRate: number;
    }
  >("small").pipe(buildPlayers).pipe(trainOnFrozen).give("frozen");
  const store = memoryRun();
  const { frozen } = await execute(stages, {
    grey: smallImages,
    latent: 32,
    generatorHidden: [64, 64],
    discriminatorHidden: [128, 64],
    batch: 20,
    learningRate: 1e-3,
    frozenUpdates: [0, 20],
    frozenNoises: 64,
  }, { seed: 0, device: "cpu", threads: 1, store });
  // three batches of 20 are an epoch of 60 images
  assertEquals(store.records.map(({ step, epoch }) => [step, epoch]), [
    ...[[0, 0], [20, 20 / 3]],
  ]);
  const [before, after] = frozen;
  assertEquals([before!.updates, after!.updates], [0, 20]);
  const ratio = after!.nonSaturating / after!.saturating;
  const predicted = (1 - after!.fake) / after!.fake;
  assertEquals(predicted > 20, true, `${predicted}`); // D is far ahead
  // D is not the same at all images: the norms agree with its mean within a factor of two
  assertEquals(
    Math.abs(Math.log2(ratio / predicted)) < 1,
    true,
    `${ratio} ${predicted}`,
  );
});

Deno.test("learned discriminators of Gaussians come near the exact value, and not above it", async () => {
  const { gaussians } = await execute(learnGaussians, {
    gaussianUpdates: 150,
    gaussianPoints: 20_000,
  }, { seed: 0, device: "cpu", threads: 1 });
  for (const { name, value, game } of gaussians) {
    const below = game.value - value.mean;
    // not above but for three standard errors; and three hundredths of a nat or less below, after so few updates
    assertEquals(below > -3 * value.standardError, true, `${name} ${below}`);
    const isNear = below < 0.03 + 3 * value.standardError;
    assertEquals(isNear || name === "shift-4", true, `${name} ${below}`);
  }
});
