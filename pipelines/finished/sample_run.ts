/**
 * Samples of a finished run's model.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { fold, type Key, keyFrom } from "../core/random/key.ts";
import { normal } from "../core/random/normal.ts";
import { count, oneOf } from "../core/task/fields.ts";
import { type Flags, settle } from "../core/task/settings_table.ts";
import { compileDenoiser } from "../diffusion/compile_denoiser.ts";
import { sampleImages } from "../diffusion/sample_images.ts";
import { samplerByName } from "../diffusion/samplers_by_name.ts";
import { writer } from "../language/writer.ts";
import type { LoadedRun } from "./load_run.ts";
import type { ImageSize, LoadedModel } from "./loaded_model.ts";
import { quietContext } from "./quiet_context.ts";

/** What was drawn from a model. */
export type Samples =
  | {
    readonly kind: "images";
    readonly image: ImageSize;
    /** Grey values from 0 (paper) to 1 (ink), [count, rows * columns]. */
    readonly grey: Float32Array;
  }
  | { readonly kind: "texts"; readonly texts: readonly string[] };

/** How to draw. */
export interface SampleOptions {
  /** How many. */
  readonly count: number;
  /** Decides the samples; 0 unless given. */
  readonly seed?: number;
  /** Where it is computed; `cpu` unless given. */
  readonly device?: "cpu" | "webgpu" | "tfjs";
  /** Characters of a text; 400 unless given. */
  readonly length?: number;
  /** Steps of a diffusion model's sampler, DDIM; 50 unless given. */
  readonly steps?: number;
}

/** `SampleOptions`, with their defaults and rules. */
export const sampling: Flags<Required<SampleOptions>> = {
  count: count(64, "how many images or texts"),
  seed: count(0, "decides the samples", { min: 0 }),
  device: oneOf(["cpu", "webgpu", "tfjs"], "where samples are computed"),
  length: count(400, "characters of a text"),
  steps: count(50, "steps of a diffusion model's sampler"),
};

/**
 * Draws from the model of a run: images, or texts.
 *
 * @param run The run.
 * @param given How many, and by which seed.
 * @returns The samples: of a VAE the decoder's means.
 * @throws {RangeError} If an option breaks its rule, or the run's model is of no family that can be sampled.
 */
export async function sampleRun(
  { model, record }: Pick<LoadedRun, "model" | "record">,
  given: SampleOptions,
): Promise<Samples> {
  const options = settle(sampling, given) as Required<SampleOptions>; // settled
  const key = fold(keyFrom(options.seed), "samples of a run");
  if (model === undefined) {
    throw new RangeError(
      `Expected a run of a model that can be sampled but found one of ${record.task}`,
    );
  }
  if (model.kind === "language") {
    return await write(model.language, options, key);
  }
  if (model.kind === "translator") {
    throw new RangeError(
      `Expected a run of a model that can be sampled but found a translator: deno task translate writes with it`,
    );
  }
  if (model.kind === "diffusion") return await denoise(model, options, key);
  const { image } = model;
  const noise = normal(key, options.count * latentOf(model));
  const grey = tf.tidy(() => {
    const latents = tf.tensor2d(noise, [options.count, latentOf(model)]);
    return tf.clipByValue(draw(model, latents), 0, 1);
  });
  try {
    return { kind: "images", image, grey: await grey.data<"float32">() };
  } finally {
    grey.dispose();
  }
}

type Direct = Extract<
  LoadedModel,
  { readonly kind: "vae" | "two-layer-vae" | "gan" | "flow" }
>;

function latentOf(model: Direct): number {
  return model.kind === "flow"
    ? model.image.rows * model.image.columns
    : model.latent;
}

function draw(model: Direct, latents: tf.Tensor2D): tf.Tensor {
  switch (model.kind) {
    case "vae":
      return model.vae.decode(latents).mean;
    case "two-layer-vae":
      return model.vae.decode(model.vae.prior.sample(latents)).mean;
    case "gan":
      return model.generator.evaluate(latents).add(1).div(2);
    case "flow":
      return model.flow.sample(latents).div(255);
  }
}

async function write(
  language: Extract<LoadedModel, { readonly kind: "language" }>["language"],
  { count, length, device }: Required<SampleOptions>,
  key: Key,
): Promise<Samples> {
  if (language.kind === "translates") {
    throw new RangeError(
      "Expected a model that continues text but found one that translates",
    );
  }
  const context = {
    device,
    threads: 1,
    signal: new AbortController().signal,
  };
  const choice = { temperature: 1, topK: 0 };
  using pen = await writer(language, count, choice, context);
  const read = new Int32Array(count * language.context);
  const texts = await pen.write(read, length, key);
  const { vocabulary } = language;
  return {
    kind: "texts",
    texts: texts.map((one) => Array.from(one, (i) => vocabulary[i]).join("")),
  };
}

async function denoise(
  { diffusion, classes, image }: Extract<
    LoadedModel,
    { readonly kind: "diffusion" }
  >,
  { count, device, steps }: Required<SampleOptions>,
  key: Key,
): Promise<Samples> {
  const context = quietContext(device);
  using denoiser = await compileDenoiser(
    diffusion,
    Math.min(count, 16),
    context,
  );
  const conditions = Array.from({ length: count }, (_, i) => i % classes);
  const images = await sampleImages(diffusion, denoiser, {
    ...samplerByName("ddim", diffusion.schedule, steps),
    conditions,
    key,
  }, context);
  const grey = images.map((x) => Math.min(1, Math.max(0, (x + 1) / 2)));
  return { kind: "images", image, grey };
}
