/**
 * The stages of a text-to-image run.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import type { RunContext } from "../../core/context.ts";
import { environment } from "../../core/data/permission.ts";
import { pipeline } from "../../core/pipeline.ts";
import { fold, type Key } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { clipTokenizer } from "./clip_tokenizer.ts";
import { drawLatents } from "./draw_prompt.ts";
import { loadStable } from "./load_stable.ts";
import { needsSentence } from "./needs_sentence.ts";
import { readStableConfig, type StableConfig } from "./read_folder.ts";
import {
  stableDiffusion15,
  type StableNeeds,
  stableNeeds,
} from "./stable_sizes.ts";
import { pngOf } from "../png_of.ts";
import { type StableRequest, stableSampling } from "./stable_request.ts";

/** A model's folder and what it holds; no folder where only its sizes are known. */
interface Opened {
  readonly folder: string | undefined;
  readonly config: StableConfig | undefined;
  readonly needs: StableNeeds;
}

const openStable: Stage<
  Pick<StableRequest, "model" | "dryRun">,
  { readonly opened: Opened }
> = stage("open", {
  needs: ["model", "dryRun"],
  adds: { opened: "configurations, and what the model takes" },
}, async ({ model, dryRun }, context) => {
  if (model === "sd-1.5") {
    if (!dryRun) {
      throw new RangeError(
        "Expected the folder of a model, or --dry-run, but found sd-1.5, of which only the sizes are known",
      );
    }
    const needs = stableNeeds(stableDiffusion15);
    return { opened: { folder: undefined, config: undefined, needs } };
  }
  const folder = model === "auto" ? defaultFolder() : model;
  const config = await readStableConfig(folder);
  context.describe({ model: folder });
  return { opened: { folder, config, needs: stableNeeds(config) } };
});

function defaultFolder(): string {
  const root = environment("LOWERBOUND_DATA");
  if (root !== undefined) return `${root}/tiny-sd`;
  throw new Error(
    "Expected --model FOLDER, in the layout of diffusers, or LOWERBOUND_DATA with tiny-sd inside but found neither",
  );
}

const estimateStable: Stage<
  Pick<StableRequest, "steps" | "guidance"> & { readonly opened: Opened },
  { readonly estimate: readonly string[] }
> = stage("estimate", {
  needs: ["opened", "steps", "guidance"],
  adds: { estimate: "memory and time, in sentences" },
}, async ({ opened: { needs }, steps }, context) => {
  const rate = await timeProducts(context);
  const sentence = needsSentence(needs, steps, rate);
  context.progress.note(sentence);
  return { estimate: [sentence] };
});

/** Multiplications in a second of large matrix products here. */
async function timeProducts(
  { device, threads }: Pick<RunContext, "device" | "threads">,
): Promise<number> {
  const side = 512;
  const shape = [side, side] as const;
  using product = await compile(
    ({ a, b }: { readonly a: tf.Tensor2D; readonly b: tf.Tensor2D }) => ({
      sum: tf.matMul(a, b).sum(),
    }),
    { inputs: { a: { shape }, b: { shape } }, device, threads },
  );
  const numbers = new Float32Array(side ** 2).fill(0.5);
  await product.run({ a: numbers, b: numbers });
  const times = 5;
  const started = performance.now();
  for (let i = 0; i < times; i++) await product.run({ a: numbers, b: numbers });
  return times * side ** 3 / ((performance.now() - started) / 1000);
}

/** Numbers of the images that were drawn. */
interface Drawn {
  /** Names of the images' files. */
  readonly names: readonly string[];
  /** Mean of pixels before they are clipped, of each image. */
  readonly means: readonly number[];
}

const generate: Stage<
  Omit<StableRequest, "model"> & { readonly opened: Opened },
  { readonly drawn: Drawn }
> = stage("draw", {
  needs: [
    ...["opened", "prompt", "negative", "sampler", "steps"] as const,
    ...["guidance", "images", "dryRun"] as const,
  ],
  adds: { drawn: "the images' files" },
}, async ({ opened: { folder, config }, ...request }, context) => {
  if (request.dryRun || !folder || !config) {
    return { drawn: { names: [], means: [] } };
  }
  const { sampler, steps, guidance, images } = request;
  const negative = request.negative === "none" ? "" : request.negative;
  if (negative !== "" && guidance === 1) {
    context.progress.warn("A negative prompt has no effect at guidance 1");
  }
  const tokenize = clipTokenizer(config.vocabulary);
  const tokens = [negative, request.prompt].flatMap((prompt) => {
    const { tokens, cut } = tokenize(prompt);
    if (cut !== "") {
      context.progress.warn(`A prompt is too long: cut before "${cut}"`);
    }
    return [...tokens];
  });
  const sampling = stableSampling(sampler, config.scheduler, steps);
  using networks = loadStable(folder, config, context);
  const text = await networks.encodeText(Int32Array.from(tokens));
  const { sample_size: side, in_channels: channels } = config.unet;
  const length = channels * side ** 2;
  const drawn = { names: [] as string[], means: [] as number[] };
  for (let image = 0; image < images; image++) {
    const draw = (name: string | number) =>
      noiseOf(fold(fold(context.key, name), image), length);
    const latents = await drawLatents(networks, {
      sampling,
      text,
      guidance,
      start: draw("start"),
      noise: draw,
      watch: ({ visit, visits }) => {
        context.signal.throwIfAborted();
        context.progress.update({
          step: image * visits + visit + 1,
          steps: images * visits,
          items: 1,
          unit: "steps",
          values: {},
        });
      },
    });
    const pixels = await networks.decode(latents);
    const name = `images/${image}.png`;
    await context.artifacts.file(name, await pngOf(pixels));
    drawn.names.push(name);
    drawn.means.push(pixels.reduce((sum, x) => sum + x, 0) / pixels.length);
  }
  return { drawn };
});

function noiseOf(key: Key, length: number): Float64Array {
  return Float64Array.from(normal(key, length));
}

const summarizeStable: Stage<
  {
    readonly opened: Opened;
    readonly estimate: readonly string[];
    readonly drawn: Drawn;
  },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["opened", "estimate", "drawn"],
  adds: { summary: "the run's numbers by name" },
}, async ({ opened: { needs }, estimate, drawn }, context) => {
  await leaveReport([
    ...estimate,
    ...drawn.names.map((name, i) =>
      `Drawn: ${name}, mean of its pixels ${drawn.means[i]!.toFixed(4)}.` // as many
    ),
  ], context);
  return {
    summary: {
      "text/parameters": needs.text.parameters,
      "unet/parameters": needs.unet.parameters,
      "vae/parameters": needs.vae.parameters,
      "unet/multiplications": needs.unet.multiplications,
      "memory/bytes": needs.bytes,
      images: drawn.names.length,
      ...Object.fromEntries(
        drawn.means.map((mean, i) => [`image/${i}/mean`, mean]),
      ),
    },
  };
});

/** From the folder of a model and a prompt to images. */
export const stableExperiment: Stage<
  StableRequest,
  { readonly summary: Summary }
> = pipeline<StableRequest>("stable-diffusion")
  .pipe(openStable)
  .pipe(estimateStable)
  .pipe(generate)
  .pipe(summarizeStable)
  .give("summary");
