/**
 * Our side of the comparisons, as a process: `ours.ts WORK [THREADS] [STEPS_PER_CALL]`, with sizes as flags for what
 * `growth.ts` measures.
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { serve } from "./serve.ts";
import { ganTurns, usualGan } from "./work/gan.ts";
import {
  flowProblem,
  translatorProblem,
  unetProblem,
  usualTranslator,
} from "./work/generative_models.ts";
import { guidedSampling, SAMPLING_STEPS } from "./work/guided_sampling.ts";
import { convVaeProblem, usualVae, vaeProblem } from "./work/image_models.ts";
import { logLikelihood, SAMPLES } from "./work/log_likelihood.ts";
import {
  decoderProducts,
  ganProducts,
  transformerProducts,
  vaeProducts,
} from "./work/product_lists.ts";
import { products } from "./work/products.ts";
import { halvedTraining, training } from "./work/training.ts";
import {
  bigTransformer,
  deepTransformer,
  transformerProblem,
  usualText,
  usualTransformer,
} from "./work/transformer.ts";
import { translating } from "./work/translating.ts";
import { translatorProducts } from "./work/translator_products.ts";
import type { Work } from "./work/work.ts";
import { callSizes } from "../pipelines/vae/weighed_samples.ts";

const flags = parseArgs(Deno.args, {
  string: ["_", "batch", "width", "latent", "length", "steps"],
});
const [name = "", ...numbers] = flags._.map(String);
const [threads = 2, stepsPerCall = 1] = numbers.map(Number);
const setting = { device: "cpu", threads, stepsPerCall } as const;
const sizes = {
  ...usualVae,
  batch: Number(flags.batch ?? usualVae.batch),
  hidden: Number(flags.width ?? usualVae.hidden),
  latent: Number(flags.latent ?? usualVae.latent),
};
const text = { ...usualText, length: Number(flags.length ?? usualText.length) };

/** Samples that are decoded at once. */
const CALL = callSizes(1, SAMPLES).samples;

const works: Readonly<Record<string, () => Work | Promise<Work>>> = {
  "vae-products": () => products(vaeProducts(sizes), setting),
  "transformer-products": () =>
    products(transformerProducts(usualTransformer, text), setting),
  "deep-transformer-products": () =>
    products(transformerProducts(deepTransformer, text), setting),
  "big-transformer-products": () =>
    products(transformerProducts(bigTransformer, text), setting),
  "translator-products": () =>
    products(translatorProducts(usualTranslator), setting),
  "gan-products": () => products(ganProducts(usualGan), setting),
  "decoder-products": () =>
    products(decoderProducts(usualVae, CALL), {
      threads,
      stepsPerCall: SAMPLES / CALL,
      units: 1, // an image
    }),
  "vae": () => training(vaeProblem(sizes), setting),
  "conv-vae": () => training(convVaeProblem(), setting),
  "transformer": () =>
    training(transformerProblem(usualTransformer, text), setting),
  "deep-transformer": () =>
    training(transformerProblem(deepTransformer), setting),
  "transformer-halves": () =>
    halvedTraining(transformerProblem(usualTransformer, text), setting),
  "deep-transformer-halves": () =>
    halvedTraining(transformerProblem(deepTransformer), setting),
  "big-transformer": () =>
    training(transformerProblem(bigTransformer), setting),
  "unet": () => training(unetProblem(), setting),
  "guided-sampling": () =>
    guidedSampling(threads, Number(flags.steps ?? SAMPLING_STEPS)),
  "flow": () => training(flowProblem(), setting),
  "gan": () => ganTurns(setting),
  "translator": () => training(translatorProblem(), setting),
  "gru-5": () => translating("gru", 5, threads),
  "transformer-5": () => translating("transformer", 5, threads),
  "transformer-1": () => translating("transformer", 1, threads),
  "log-likelihood": () => logLikelihood(threads),
};

const work = works[name];
if (!work) {
  const known = Object.keys(works).join(", ");
  throw new RangeError(`Expected one of ${known} but found "${name}"`);
}
await serve(await work());
