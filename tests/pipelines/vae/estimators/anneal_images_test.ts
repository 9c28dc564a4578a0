import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { RunningLogMeanExp } from "../../../../models/objectives/running_log_mean_exp.ts";
import { createVae } from "../../../../models/vae.ts";
import { sampleParameter } from "../../../../pipelines/training/sample_parameter.ts";
import type { RunContext } from "../../../../pipelines/core/context.ts";
import { fold, keyFrom } from "../../../../pipelines/core/random/key.ts";
import { normal } from "../../../../pipelines/core/random/normal.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { type Stage, stage } from "../../../../pipelines/core/stage.ts";
import type { ImageSplit } from "../../../../pipelines/images/images.ts";
import { imageAnnealer } from "../../../../pipelines/vae/estimators/anneal_images.ts";
import { meanAndError } from "../../../../pipelines/statistics/mean_and_error.ts";
import { quadratureMeter } from "../../../../pipelines/vae/measure_quadrature.ts";
import { simulateImages } from "../../../../pipelines/vae/estimators/simulate_images.ts";

const LATENT = 2;
const CHAINS = 100;
const options = { latent: LATENT, chains: CHAINS, leapfrogSteps: 2 };

/** A model of six pixels whose decoder depends much on its latents. */
function steepVae() {
  const draw = sampleParameter(keyFrom(5));
  const sizes = { pixels: 6, hidden: 8, latent: LATENT };
  return createVae(
    { ...sizes, initialization: "glorot-uniform" },
    (spec) => draw(spec).map((value) => 3 * value),
  );
}

/** Thirty images: a full block and part of another. */
const images: ImageSplit = {
  pixels: Uint8Array.from({ length: 30 * 6 }, (_, i) => (i * i % 7) & 1),
  labels: new Uint8Array(30),
  count: 30,
  rows: 2,
  columns: 3,
};

async function within<T>(
  measure: (context: RunContext) => Promise<T>,
): Promise<T> {
  const whole: Stage<object, { readonly found: T }> = stage(
    "measure",
    { needs: [], adds: { found: "" } },
    async (_, context) => ({ found: await measure(context) }),
  );
  return (await execute(whole, {}, { seed: 1, device: "cpu" })).found;
}

for (const distributions of [1, 4, 40]) {
  Deno.test(`annealing through ${distributions} distributions is unbiased, up and down`, async () => {
    using vae = steepVae();
    await within(async (context) => {
      const key = keyFrom(distributions);
      const drawn = await simulateImages(
        vae,
        images,
        { latent: LATENT, key },
        context,
      );
      using meter = await quadratureMeter(vae, drawn.split, LATENT, context);
      const truth = (await meter.measure()).logLikelihood;
      using annealer = await imageAnnealer(vae, 6, options, context);
      const stepSizes = await annealer.tune(drawn.split, 20, fold(key, "tune"));
      const path = { distributions, stepSizes };
      const up = await annealer.up(drawn.split, {
        ...path,
        key: fold(key, "up"),
      });
      const weights = new RunningLogMeanExp(images.count);
      weights.add(up.logWeights);
      const errors = weights.standardErrors();
      weights.logMeanExp().forEach((value, i) =>
        // means of 100 weights are normal enough for 5 standard errors of 30 images
        assertLess(Math.abs(value - truth[i]!), 5 * errors[i]!)
      );
      const down = await annealer.down(drawn.split, {
        ...path,
        latents: drawn.latents,
        key: fold(key, "down"),
      });
      // All chains of an image start from one sample of its posterior: images are independent, chains are not.
      const perImage = Float64Array.from(
        truth,
        (exact, i) => meanAndError(weightsOf(down.logWeights, i, exact)).mean,
      );
      const { mean, standardError } = meanAndError(perImage);
      assertLess(Math.abs(mean - 1), 5 * standardError);
    });
  });
}

/** p(x) times the weights of 1 / p(x) of one image. */
function weightsOf(
  logWeights: Float64Array,
  image: number,
  truth: number,
): number[] {
  return Array.from(
    { length: CHAINS },
    (_, chain) => Math.exp(logWeights[chain * images.count + image]! + truth),
  );
}

Deno.test("annealing through one distribution is importance sampling from the prior", async () => {
  using vae = steepVae();
  const { logWeights, evaluations } = await within(async (context) => {
    using annealer = await imageAnnealer(vae, 6, options, context);
    const stepSizes = await annealer.tune(images, 5, keyFrom(1));
    return await annealer.up(images, {
      distributions: 1,
      stepSizes,
      key: keyFrom(2),
    });
  });
  assertEquals(evaluations, CHAINS * (1 + 2));
  // the weight of a chain is p(x | z) of the prior's sample that it began with
  const noise = normal(
    fold(fold(keyFrom(2), 0), "start"),
    25 * CHAINS * LATENT,
  );
  const first = tf.tensor2d(noise.slice(0, CHAINS * LATENT), [CHAINS, LATENT]);
  const pixels = tf.tensor2d([...images.pixels.subarray(0, 6)], [1, 6]);
  const expected = vae.decode(first).logProb(pixels).dataSync();
  expected.forEach((value, chain) =>
    assertAlmostEquals(logWeights[chain * images.count]!, value, 1e-5) // float32 sums of six pixels
  );
});
