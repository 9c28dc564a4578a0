/**
 * Images of a finished diffusion model on their way from noise.
 * @module
 */
import type { Device } from "../../../compile/types.ts";
import { estimateFrom } from "../../../models/diffusion/prediction.ts";
import { fold, keyFrom } from "../../core/random/key.ts";
import { compileDenoiser } from "../../diffusion/compile_denoiser.ts";
import { sampleImages, toBytes } from "../../diffusion/sample_images.ts";
import { samplerByName } from "../../diffusion/samplers_by_name.ts";
import { imageClasses } from "../../images/image_classes.ts";
import { digitSource } from "../../images/load_mnist.ts";
import type {
  Denoised,
  DenoisingMoment,
} from "../../viewer/explore/denoising/denoised.ts";
import type { LoadedRun } from "../load_run.ts";
import type { LoadedModel } from "../loaded_model.ts";
import { runData } from "./run_data.ts";
import { quietContext } from "../quiet_context.ts";

type DiffusionRun = Extract<LoadedModel, { readonly kind: "diffusion" }>;

/** Images of each class. */
const EACH = 2;

/** Steps of the sampler, fewer where the model has fewer timesteps. */
const STEPS = 50;

/** The noise is the same in all pages. */
const SEED = 0;

/**
 * Draws images of each class, and keeps what is seen and predicted at each step.
 *
 * @param run The run.
 * @param model Its model, and how many classes it has learned from.
 * @param device Where the network is compiled for.
 * @returns The images at each step of DDIM, and at the end.
 */
export async function denoisedImages(
  { record }: Pick<LoadedRun, "record">,
  { diffusion, classes }: Pick<DiffusionRun, "diffusion" | "classes">,
  device: Device,
): Promise<Denoised> {
  const { prediction, schedule, side } = diffusion;
  const steps = Math.min(STEPS, schedule.noiseRatios.length);
  const conditions = Array.from(
    { length: EACH * classes },
    (_, i) => i % classes,
  );
  const context = quietContext(device);
  using denoiser = await compileDenoiser(
    diffusion,
    conditions.length, // all side by side: each visit is one moment
    context,
  );
  const moments: DenoisingMoment[] = [];
  const end = await sampleImages(diffusion, denoiser, {
    ...samplerByName("ddim", schedule, steps),
    conditions,
    key: fold(keyFrom(SEED), "denoising of a run"),
    watch: ({ x, node }, _, output) => {
      const { timestep, signal, spread } = node;
      const { image } = estimateFrom(prediction, output, x, node);
      const images = { noisy: toBytes(x), predicted: toBytes(image) };
      moments.push({ timestep, signal, spread, ...images });
    },
  }, context);
  const last = toBytes(end);
  return {
    title: `${record.task}, seed ${record.seed}: denoising`,
    about:
      `${EACH} images of each class, drawn from noise of seed ${SEED} by DDIM in ${steps} steps, computed by deno task explore.`,
    rows: side,
    columns: side,
    classes: await classNames(record, classes),
    each: EACH,
    moments: [
      ...moments,
      { timestep: 0, signal: 1, spread: 0, noisy: last, predicted: last },
    ],
  };
}

/** Names of the classes, or their numbers where the run's data is not found. */
async function classNames(
  record: LoadedRun["record"],
  count: number,
): Promise<readonly string[]> {
  const numbers = Array.from({ length: count }, (_, i) => String(i));
  try {
    const { names } = imageClasses(await runData(record, digitSource));
    return numbers.map((number, i) => names[i] ?? number);
  } catch {
    return numbers; // the data only names the classes
  }
}
