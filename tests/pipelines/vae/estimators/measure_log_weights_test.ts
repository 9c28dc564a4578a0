import { assertAlmostEquals, assertEquals } from "@std/assert";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { measureLogWeights } from "../../../../pipelines/vae/estimators/measure_log_weights.ts";
import {
  callSizes,
  sampleNoise,
} from "../../../../pipelines/vae/weighed_samples.ts";
import { inContext } from "../../in_context.ts";
import { toyImages, toyVae } from "../toy_vae.ts";

const EVEN = -4 * Math.LN2; // four fair coins
const latent = 2;
const { test } = toyImages;

/** Samples of all images in one call, of each image in one, and in two. */
for (const samples of [5, 600, 1200]) {
  Deno.test(`${samples} samples of the prior weigh p(x | z), and those of a shifted encoder p(z) / q(z) times it`, async () => {
    using vae = toyVae({ "encoder/mean/bias": [1, 0] });
    await inContext(async (context) => {
      const key = keyFrom(3);
      const weights = (proposal: "prior" | "encoder") =>
        measureLogWeights(
          vae,
          test,
          { latent, samples, proposal, key },
          context,
        );
      const prior = await weights("prior");
      assertEquals(prior.length, samples * test.count);
      for (const weight of prior) assertAlmostEquals(weight, EVEN, 1e-5);
      const encoder = await weights("encoder");
      assertEquals(encoder.length, samples * test.count);
      const sizes = callSizes(test.count, samples);
      const noiseAt = sampleNoise(key, sizes, latent);
      for (let image = 0; image < test.count; image++) {
        const first = image - image % sizes.images;
        let drawn = noiseAt(first, 0);
        for (let sample = 0; sample < samples; sample++) {
          const within = sample % sizes.samples;
          if (within === 0) drawn = noiseAt(first, sample);
          const row = within * sizes.images + image % sizes.images;
          const noise = drawn[row * latent]!;
          // z = 1 + noise: log p(z) - log q(z) = -(1 + noise)^2 / 2 + noise^2 / 2
          assertAlmostEquals(
            encoder[sample * test.count + image]!,
            EVEN - 0.5 - noise,
            1e-5,
          );
        }
      }
    });
  });
}
