import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertNotEquals } from "@std/assert";
import type { Network } from "../../models/adversarial/network.ts";
import { Categorical } from "../../models/distributions/categorical.ts";
import type { RunContext } from "../../pipelines/core/context.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { normal } from "../../pipelines/core/random/normal.ts";
import { flowSampler } from "../../pipelines/flow/flow_sampler.ts";
import { rowMap } from "../../pipelines/flow/row_map.ts";
import { samplerOf } from "../../pipelines/gan/sample_images.ts";
import type { ImageSplit } from "../../pipelines/images/images.ts";
import { lossMeter } from "../../pipelines/language/measure_loss.ts";
import type { SequenceModel } from "../../pipelines/text/sequence_model.ts";
import { measurePixelCase } from "../../pipelines/vae/likelihoods/measure_pixel_case.ts";
import { measurePosteriorMeans } from "../../pipelines/vae/measure_posterior_means.ts";
import { quadratureMeter } from "../../pipelines/vae/measure_quadrature.ts";
import { createVae } from "../../models/vae.ts";
import { inContext } from "./in_context.ts";
import { toyImages } from "./vae/toy_vae.ts";

/** Numbers of a measurement, by the number of items that it is about: at most `ITEMS`. */
type Measurement = (
  items: number,
  context: RunContext,
) => Promise<ArrayLike<number>>;

/** Images of 2 x 2 pixels that hardly repeat: the bits of their own index, and grey levels. */
function numbered(count: number, scale: "binary" | "grey"): ImageSplit {
  const levels = scale === "binary" ? 2 : 256;
  const pixels = Uint8Array.from(
    { length: 4 * count },
    (_, i) => (7 * i + 3 * Math.floor(i / 11)) % levels,
  );
  const labels = new Uint8Array(count);
  return { pixels, labels, count, rows: 2, columns: 2 };
}

function smallVae() {
  return createVae(
    { pixels: 4, hidden: 3, latent: 2 },
    ({ name, shape }) =>
      normal(keyFrom(name.length), tf.util.sizeFromShape([...shape])),
  );
}

const number = { mean: 0, standardError: 0 };

/** Predicts from the character before, by its index. */
const reader: SequenceModel = {
  ...{
    context: 1024,
    window: 1025,
    width: 1,
    begin: 0,
    vocabulary: ["a", "b"],
  },
  ...{ kind: "continues", places: [] } as const,
  cut: (windows) => ({
    source: windows.slice([0, 0], [-1, 1024]),
    before: windows.slice([0, 0], [-1, 1024]),
    target: windows.slice([0, 1], [-1, 1024]),
  }),
  predict: ({ before }) => {
    const x = before.cast("float32").expandDims(-1);
    return {
      next: new Categorical(tf.concat([x.sin(), x.cos()], -1)),
      ...{ activations: [], attention: [] as never }, // nobody looks at it
    };
  },
};

const doubled = (x: tf.Tensor): tf.Tensor2D => x.exp().mul(0.1);

/** More items than three calls take, by measurement. */
const measurements: Readonly<Record<string, readonly [number, Measurement]>> = {
  "measurePosteriorMeans()": [1600, async (items, context) => {
    using vae = smallVae();
    const split = numbered(items, "binary");
    return await measurePosteriorMeans(vae, split, 2, context);
  }],
  "quadratureMeter()": [3, async (items, context) => {
    using vae = smallVae();
    const split = numbered(items, "binary");
    using meter = await quadratureMeter(vae, split, 2, context); // a grid of many calls
    return (await meter.measure()).logLikelihood;
  }],
  "measurePixelCase()": [1600, async (items, context) => {
    using vae = smallVae();
    const grey = numbered(items, "grey");
    const { pixelCase } = await measurePixelCase.run({
      ...{ vae, latent: 2, title: "toy", pixelLikelihood: "bernoulli" },
      images: { ...toyImages, test: grey, binarization: "none" },
      elbo: { elbo: number, reconstruction: number, kl: number },
      likelihood: {
        ...{ logLikelihood: number, samplingError: 0 },
        ...{ effectiveSampleSize: number, importanceSamples: 1 },
      },
    }, context);
    return [pixelCase.logMass];
  }],
  "lossMeter()": [7, async (items, context) => {
    using meter = await lossMeter(reader, context);
    const text = Int32Array.from(
      { length: 1024 * items + 1 },
      (_, i) => (i * i) % 7 % 2,
    );
    const { all, secondHalf } = await meter.measure(text, 0);
    return [all, secondHalf].flatMap((loss) => Object.values(loss));
  }],
  "samplerOf()": [350, async (items, context) => {
    const generator = { evaluate: (noise: tf.Tensor) => noise.tanh() };
    const network = generator as unknown as Network; // nothing else is asked of it
    using sampler = await samplerOf(network, 3, context);
    return await sampler.sample(keyFrom(1), items);
  }],
  "rowMap()": [13_000, async (items, context) => {
    using map = await rowMap(2, doubled, context);
    return await map.run(normal(keyFrom(2), 2 * items));
  }],
  "flowSampler() from latents": [150, async (items, context) => {
    const density = { forward: (value: tf.Tensor2D) => ({ value }) };
    const flow = { sample: doubled, density } as never; // nothing else is asked of it
    using sampler = await flowSampler(flow, 4, context);
    return await sampler.imagesOf(normal(keyFrom(3), 4 * items));
  }],
  "flowSampler() from images": [150, async (items, context) => {
    const forward = (x: tf.Tensor2D) => ({ value: doubled(x) });
    const flow = { sample: doubled, density: { forward } } as never; // as above
    using sampler = await flowSampler(flow, 4, context);
    return await sampler.latentsOf(numbered(items, "grey"));
  }],
};

/** Measures on the CPU with so many threads. */
async function measured(
  measure: Measurement,
  items: number,
  threads: number,
): Promise<readonly number[]> {
  let found: readonly number[] = [];
  await inContext(async (context) => {
    found = Array.from(
      await measure(items, { ...context, device: "cpu", threads }),
    );
  });
  return found;
}

for (const [name, [items, measure]] of Object.entries(measurements)) {
  Deno.test(`${name} gives the same bits with its calls side by side`, async () => {
    const alone = await measured(measure, items, 1);
    assertEquals(await measured(measure, items, 3), alone);
  });
}

for (
  const name of [
    ...["measurePosteriorMeans()", "samplerOf()", "rowMap()"],
    ...["flowSampler() from latents", "flowSampler() from images"],
  ]
) {
  Deno.test(`${name} gives each item its own numbers, whatever comes after it`, async () => {
    const [items, measure] = measurements[name]!; // one of them
    const all = await measured(measure, items, 3);
    const part = Math.floor(items / 2);
    const some = await measured(measure, part, 3);
    assertEquals(some, all.slice(0, some.length));
    assertNotEquals(all.slice(some.length), some); // the others differ
  });
}
