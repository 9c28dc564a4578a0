import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { createRealNvp } from "../../models/real_nvp.ts";
import { Categorical } from "../../models/distributions/categorical.ts";
import type { Vae } from "../../models/vae.ts";
import type { RunContext } from "../../pipelines/core/context.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { compileDenoiser } from "../../pipelines/diffusion/compile_denoiser.ts";
import { diffusionModel } from "../../pipelines/diffusion/diffusion_model.ts";
import { boundMeter as flowMeter } from "../../pipelines/flow/measure_bound.ts";
import { measureInverse } from "../../pipelines/flow/measure_inverse.ts";
import { elboMeter } from "../../pipelines/images/measure_elbo.ts";
import { lossMeter } from "../../pipelines/language/measure_loss.ts";
import type { SequenceModel } from "../../pipelines/text/sequence_model.ts";
import { sampleParameter } from "../../pipelines/training/sample_parameter.ts";
import { boundMeter } from "../../pipelines/vae/iwae/measure_bound.ts";
import { measurePixelCase } from "../../pipelines/vae/likelihoods/measure_pixel_case.ts";
import { measurePosteriorMeans } from "../../pipelines/vae/measure_posterior_means.ts";
import { quadratureMeter } from "../../pipelines/vae/measure_quadrature.ts";
import { smallTraining } from "./diffusion/small_diffusion.ts";
import { inContext } from "./in_context.ts";
import { toyImages, toyVae } from "./vae/toy_vae.ts";

/** Is shown what a model is called with. */
type See = (x: tf.Tensor) => void;

/** A measurement of few items, whose calls are filled up. */
type Measurement = (see: See, context: RunContext) => Promise<unknown>;

/** Measures a VAE that shows the images that it encodes, or the latents that it decodes. */
function ofVae(
  seen: "encode" | "decode",
  measure: (vae: Vae, context: RunContext) => Promise<unknown>,
): Measurement {
  return async (see, context) => {
    using vae = toyVae();
    const watched: Vae = {
      ...vae,
      encode: (images) => {
        if (seen === "encode") see(images);
        return vae.encode(images);
      },
      decode: (latents) => {
        if (seen === "decode") see(latents);
        return vae.decode(latents);
      },
    };
    await measure(watched, context);
  };
}

const { test } = toyImages;
const sizes = { pixels: 4, latent: 2 };
const number = { mean: 0, standardError: 0 };
const grey = { train: test, validation: test, test };

/** A model of two characters that sees so many, and shows its windows. */
function readerOf(context: number, see: See): SequenceModel {
  const vocabulary = ["a", "b"];
  return {
    ...{ context, window: context + 1, width: 1, begin: 0, vocabulary },
    ...{ kind: "continues", places: [] } as const,
    cut: (windows) => {
      see(windows);
      const part = windows.slice<tf.Tensor2D>([0, 1], [-1, context]);
      return { source: part, before: part, target: part };
    },
    predict: ({ before }) => ({
      next: new Categorical(tf.zeros([...before.shape, 2])),
      ...{ activations: [], attention: [] as never }, // nobody looks at it
    }),
  };
}

function ofText(context: number): Measurement {
  return async (see, run) => {
    using meter = await lossMeter(readerOf(context, see), run);
    await meter.measure(new Int32Array(context + 1), 0);
  };
}

function ofDenoiser(batch: number, threads: number): Measurement {
  return async (see, context) => {
    using model = await diffusionModel(smallTraining, 8, keyFrom(0));
    const watched = {
      ...model,
      predict: (...[inputs, weights]: Parameters<typeof model.predict>) => {
        see(inputs.images);
        return model.predict(inputs, weights);
      },
    };
    using _ = await compileDenoiser(watched, batch, {
      ...{ ...context, threads },
      device: "cpu",
    });
  };
}

const measurements: Readonly<Record<string, readonly [number, Measurement]>> = {
  "elboMeter()": [
    500,
    ofVae("encode", async (vae, context) => {
      using meter = await elboMeter(vae, { ...sizes, monteCarlo: 1 }, context);
      await meter.measure(test, keyFrom(0));
    }),
  ],
  "measurePosteriorMeans()": [
    500,
    ofVae(
      "encode",
      (vae, context) => measurePosteriorMeans(vae, test, 2, context),
    ),
  ],
  "quadratureMeter()": [
    2000,
    ofVae("decode", async (vae, context) => {
      const few = { ...test, count: 1, pixels: test.pixels.slice(0, 4) };
      using meter = await quadratureMeter(vae, few, 2, context);
      await meter.measure();
    }),
  ],
  "boundMeter() of three importance samples": [
    333, // a thousand decoded images
    ofVae("encode", async (vae, context) => {
      const options = { ...sizes, kind: "iwae", samples: 3 } as const;
      using meter = await boundMeter(vae, options, context);
      await meter.measure(test, keyFrom(0));
    }),
  ],
  "boundMeter() of more importance samples than a call decodes": [
    1,
    ofVae("encode", async (vae, context) => {
      const options = { ...sizes, kind: "iwae", samples: 1001 } as const;
      using meter = await boundMeter(vae, options, context);
      const few = { ...test, count: 1, pixels: test.pixels.slice(0, 4) };
      await meter.measure(few, keyFrom(0));
    }),
  ],
  "measurePixelCase()": [
    500,
    ofVae("encode", async (vae, context) =>
      await measurePixelCase.run({
        ...{ vae, images: { ...toyImages, binarization: "none" } },
        ...{ latent: 2, title: "toy", pixelLikelihood: "bernoulli" },
        elbo: { elbo: number, reconstruction: number, kl: number },
        likelihood: {
          ...{ logLikelihood: number, samplingError: 0 },
          ...{ effectiveSampleSize: number, importanceSamples: 1 },
        },
      }, context)),
  ],
  "boundMeter() of a flow": [250, async (see, context) => {
    const bound = (images: tf.Tensor2D) => {
      see(images);
      return images.sum<tf.Tensor1D>(1);
    };
    using flow = createFlow();
    const { dequantization } = flow;
    using meter = await flowMeter({ bound, dequantization }, 4, context);
    await meter.measure(test, keyFrom(0));
  }],
  "measureInverse()": [64, async (see, context) => {
    using flow = createFlow();
    const { noise, apply } = flow.dequantization;
    const watched = {
      ...flow,
      dequantization: {
        noise,
        apply: (...inputs: Parameters<typeof apply>) => {
          see(inputs[0]);
          return apply(...inputs);
        },
      },
    };
    const images = {
      ...{ pixels: new Uint8Array(16), labels: new Uint8Array(1) },
      ...{ count: 1, rows: 4, columns: 4 },
    };
    await measureInverse.run({
      ...{ flow: watched, margin: 1e-5 },
      grey: { ...grey, test: images },
    }, context);
  }],
  "lossMeter() of windows of 100 characters": [20, ofText(100)],
  "lossMeter() of windows of 70 characters": [29, ofText(70)],
  "lossMeter() of windows of 5,000 characters": [1, ofText(5000)],
  "compileDenoiser() of 64 images": [32, ofDenoiser(64, 2)],
  "compileDenoiser() of 64 images on 3 threads": [22, ofDenoiser(64, 3)],
  "compileDenoiser() of 40 images": [20, ofDenoiser(40, 1)],
  "compileDenoiser() of 20 images": [10, ofDenoiser(20, 2)],
  "compileDenoiser() of 20 images on one thread": [20, ofDenoiser(20, 1)],
  "compileDenoiser() of 6 images": [4, ofDenoiser(6, 2)],
  "compileDenoiser() of 3 images": [3, ofDenoiser(3, 2)],
};

function createFlow() {
  return createRealNvp({
    ...{ side: 4, hidden: 2, pixelCouplings: 1, channelCouplings: 1 },
    dequantization: "uniform",
  }, sampleParameter(keyFrom(1)));
}

for (const [name, [wanted, measure]] of Object.entries(measurements)) {
  Deno.test(`${name} has ${wanted} items in a call`, async () => {
    const seen = new Set<number>();
    const see: See = (x) => void seen.add(x.shape[0]!);
    await inContext((context) =>
      measure(see, { ...context, device: "tfjs" }).then(() => {})
    );
    assertEquals([...seen], [wanted]);
  });
}

Deno.test("compileDenoiser() calls its network once for a full batch, and once for a part of one", async () => {
  using model = await diffusionModel(smallTraining, 8, keyFrom(0));
  let calls = 0;
  const watched = {
    ...model,
    predict: (...inputs: Parameters<typeof model.predict>) => {
      calls++;
      return model.predict(...inputs);
    },
  };
  await inContext(async (context) => {
    using denoiser = await compileDenoiser(watched, 4, {
      ...context,
      device: "tfjs",
    });
    for (const count of [4, 3]) {
      const before = calls;
      const none = new Int32Array(count * model.conditionWidth);
      const images = new Float32Array(count * model.length);
      await denoiser.predict(images, Array(count).fill(1), none);
      assertEquals(calls - before, 1, `${count}`);
    }
  });
});
