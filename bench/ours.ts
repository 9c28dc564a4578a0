/**
 * Our side of the comparisons, as a process: `ours.ts WORK [THREADS] [STEPS_PER_CALL] [BATCH] [WIDTH]`.
 * @module
 */
import { serve } from "./serve.ts";
import { ganTurns } from "./work/gan.ts";
import {
  flowProblem,
  translatorProblem,
  unetProblem,
} from "./work/generative_models.ts";
import { guidedSampling } from "./work/guided_sampling.ts";
import { convVaeProblem, usualVae, vaeProblem } from "./work/image_models.ts";
import { logLikelihood } from "./work/log_likelihood.ts";
import { products } from "./work/products.ts";
import { training } from "./work/training.ts";
import {
  deepTransformer,
  transformerProblem,
  usualTransformer,
} from "./work/transformer.ts";
import type { Work } from "./work/work.ts";

const [name = "", ...numbers] = Deno.args;
const [threads = 2, stepsPerCall = 1, batch = 128, hidden = 500] = numbers
  .map(Number);
const setting = { device: "cpu", threads, stepsPerCall } as const;
const sizes = { ...usualVae, batch, hidden };

const works: Readonly<Record<string, () => Work | Promise<Work>>> = {
  "products": () => products(sizes, threads, stepsPerCall),
  "vae": () => training(vaeProblem(sizes), setting),
  "conv-vae": () => training(convVaeProblem(), setting),
  "transformer": () => training(transformerProblem(usualTransformer), setting),
  "deep-transformer": () =>
    training(transformerProblem(deepTransformer), setting),
  "unet": () => training(unetProblem(), setting),
  "guided-sampling": () => guidedSampling(threads),
  "flow": () => training(flowProblem(), setting),
  "gan": () => ganTurns(setting),
  "translator": () => training(translatorProblem(), setting),
  "log-likelihood": () => logLikelihood(threads),
};

const work = works[name];
if (!work) {
  const known = Object.keys(works).join(", ");
  throw new RangeError(`Expected one of ${known} but found "${name}"`);
}
await serve(await work());
