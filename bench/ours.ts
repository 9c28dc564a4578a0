/**
 * Our side of the comparisons, as a process: `ours.ts WORK [THREADS] [STEPS_PER_CALL]`, with sizes as flags for what
 * `growth.ts` measures.
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { serve } from "./serve.ts";
import { ganTurns } from "./work/gan.ts";
import {
  flowProblem,
  translatorProblem,
  unetProblem,
} from "./work/generative_models.ts";
import { guidedSampling, SAMPLING_STEPS } from "./work/guided_sampling.ts";
import { convVaeProblem, usualVae, vaeProblem } from "./work/image_models.ts";
import { logLikelihood } from "./work/log_likelihood.ts";
import { products } from "./work/products.ts";
import { training } from "./work/training.ts";
import {
  bigTransformer,
  deepTransformer,
  transformerProblem,
  usualText,
  usualTransformer,
} from "./work/transformer.ts";
import { translating } from "./work/translating.ts";
import type { Work } from "./work/work.ts";

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
const text = { length: Number(flags.length ?? usualText.length) };

const works: Readonly<Record<string, () => Work | Promise<Work>>> = {
  "products": () => products(sizes, threads, stepsPerCall),
  "vae": () => training(vaeProblem(sizes), setting),
  "conv-vae": () => training(convVaeProblem(), setting),
  "transformer": () =>
    training(transformerProblem(usualTransformer, text), setting),
  "deep-transformer": () =>
    training(transformerProblem(deepTransformer), setting),
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
