import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { discriminatorLoss } from "../../../models/adversarial/adversarial_losses.ts";
import {
  generatorGradients,
  updateDiscriminator,
} from "../../../models/adversarial/adversarial_updates.ts";
import { gaussianGame } from "../../../models/adversarial/gaussian_game.ts";
import { crossEntropy } from "../../../models/adversarial/objective.ts";
import { createDiscriminator } from "../../../models/gan.ts";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";
import { adam } from "../../../models/optimizers/adam.ts";
import {
  fold,
  type Key,
  keyFrom,
  split,
} from "../../../pipelines/core/random/key.ts";
import { normal } from "../../../pipelines/core/random/normal.ts";
import { perceptrons } from "../../../pipelines/gan/build_players.ts";
import { indexBatches } from "../../../pipelines/gan/items.ts";
import { gaussianCases } from "../../../pipelines/gan/losses/gaussian_cases.ts";
import { learnGaussians } from "../../../pipelines/gan/losses/learn_gaussians.ts";
import { trainOnFrozen } from "../../../pipelines/gan/losses/train_on_frozen.ts";
import { sampleParameter } from "../../../pipelines/training/sample_parameter.ts";
import { inContext } from "../in_context.ts";
import { smallGan, smallImages } from "./small_images.ts";

const softplus = (x: number) => Math.log1p(Math.exp(x));

Deno.test("learnGaussians() learns two layers of 64 units from 512 points a time, with Adam at 0.003 and a cosine", async () => {
  await inContext(async (context) => {
    const { gaussians, slopes } = await learnGaussians.run(
      { gaussianUpdates: 2, gaussianPoints: 1000 },
      context,
    );
    assertEquals(gaussians.map(({ name }) => name), [
      ...gaussianCases.map(({ name }) => name),
    ]);
    for (const [i, { name, p, q, target }] of gaussianCases.entries()) {
      const pointsOf = (
        key: Key,
        { mean, deviation }: typeof p,
        count: number,
      ) =>
        tf.tensor2d(normal(key, count).map((z) => mean + deviation * z), [
          ...[count, 1] as const,
        ]);
      const [weightKey, trainKey, testKey] = split(fold(context.key, name), 3);
      using player = createDiscriminator(
        { widths: [1, 64, 64, 1] },
        sampleParameter(weightKey),
      );
      using optimizer = adam(player.variables);
      for (const [at, rate] of [3e-3, 3e-3 * 0.55].entries()) { // half of the way from 1 to 0.1
        const [realKey, fakeKey] = split(fold(trainKey, at), 2);
        const [real, fake] = [
          pointsOf(realKey, p, 512),
          pointsOf(fakeKey, q, 512),
        ];
        const { gradients } = valueAndGradients(
          () =>
            discriminatorLoss(
              player.evaluate(real),
              player.evaluate(fake),
              target,
            ),
          player.variables,
        );
        optimizer.apply(gradients, tf.scalar(rate));
      }
      const [realKey, fakeKey] = split(testKey, 2);
      const logits = (points: tf.Tensor2D) =>
        Array.from(player.evaluate(points).dataSync<"float32">());
      const real = logits(pointsOf(realKey, p, 1000));
      const fake = logits(pointsOf(fakeKey, q, 1000));
      const mean = real.reduce(
        (sum, l, j) => sum + target * l - softplus(l) - softplus(fake[j]!),
        0,
      ) / 1000;
      const found = gaussians[i]!;
      assertAlmostEquals(found.value.mean, mean, 1e-5, name);
      assertEquals(found.game, gaussianGame(p, q, target));

      assertEquals(found.curve.length, 161);
      assertEquals([found.curve[0]!.x, found.curve[160]!.x], [-4, 6]);
      const density = (x: number, of: typeof p) =>
        Math.exp(-(((x - of.mean) / of.deviation) ** 2) / 2) / of.deviation;
      for (const at of [16, 64, 100]) {
        const { x, exact, learned } = found.curve[at]!;
        assertAlmostEquals(x, -4 + at / 16, 1e-6);
        const [a, b] = [density(x, p), density(x, q)];
        assertAlmostEquals(exact, target * a / (a + b), 1e-6, name);
        const [logit] = logits(tf.tensor2d([[x]]));
        assertAlmostEquals(learned, 1 / (1 + Math.exp(-logit!)), 1e-5);
      }
    }
    assertEquals([slopes.length, slopes[8]!.shift], [65, 1]);
    const standard = (mean: number) => ({ mean, deviation: 1 });
    for (const { shift, saturating, nonSaturating } of slopes) {
      const game = gaussianGame(standard(0), standard(shift));
      assertEquals([saturating, nonSaturating], [
        ...[game.saturatingSlope, game.nonSaturatingSlope],
      ]);
    }
  });
});

Deno.test("trainOnFrozen() measures before and after updates of the discriminator alone, by Adam with the given settings", async () => {
  const config = {
    ...{ batch: 20, learningRate: 1e-2, beta1: 0.3, latent: 4 },
    ...{ frozenUpdates: [0, 2], frozenNoises: 8 },
  };
  await inContext(async (context) => {
    using players = perceptrons(784, smallGan, keyFrom(6));
    using twins = perceptrons(784, smallGan, keyFrom(6));
    const { frozen } = await trainOnFrozen.run(
      { ...config, players, grey: smallImages },
      context,
    );
    const [orderKey, noiseKey, fixedKey] = split(context.key, 3);
    const batches = indexBatches(60, 20, orderKey);
    const imagesOf = (update: number) =>
      tf.tensor2d(
        [...batches.at(update, 1)].map((image) => [
          ...smallImages.train.pixels.subarray(784 * image, 784 * (image + 1)),
        ]),
      ).div<tf.Tensor2D>(127.5).sub<tf.Tensor2D>(1);
    const fixed = tf.tensor2d(normal(fixedKey, 8 * 4), [8, 4]);
    const look = (update: number) => {
      const gradientsOf = (loss: "saturating" | "non-saturating") =>
        generatorGradients(
          { ...twins, objective: crossEntropy({ loss }) },
          fixed,
        )
          .terms;
      const { fake, gradientNorm } = gradientsOf("saturating");
      const other = gradientsOf("non-saturating").gradientNorm;
      const real = twins.discriminator.evaluate(imagesOf(update)).sigmoid();
      return [real.mean(), fake, gradientNorm, other]
        .map((one) => one.dataSync()[0]!);
    };
    const before = look(0);
    using optimizer = adam(twins.discriminator.variables, { beta1: 0.3 });
    for (const update of [0, 1]) {
      updateDiscriminator({
        ...{ ...twins, objective: crossEntropy() },
        optimizers: { discriminator: optimizer },
      }, {
        real: imagesOf(update),
        noise: tf.tensor2d(normal(fold(noiseKey, update), 20 * 4), [20, 4]),
        learningRate: tf.scalar(1e-2),
      });
    }
    const wanted = [before, look(2)];
    assertEquals(frozen.map(({ updates }) => updates), [0, 2]);
    frozen.forEach(({ real, fake, saturating, nonSaturating }, i) =>
      [real, fake, saturating, nonSaturating].forEach((value, j) => {
        const expected = wanted[i]![j]!;
        assertAlmostEquals(value / expected, 1, 1e-3, `${i} ${j}`);
      })
    );
  });
});
