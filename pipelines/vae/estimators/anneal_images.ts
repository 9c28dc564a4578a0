/**
 * log p(x) of every image of a split by annealed importance sampling.
 * @module
 */
import type { StandardNormal } from "../../../models/distributions/standard_normal.ts";
import { temperatures } from "../../../models/estimators/temperatures.ts";
import type { LatentVariableModel } from "../../../models/objectives/latent_variable_model.ts";
import type { RunContext } from "../../core/context.ts";
import { fold, type Key } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import type { ImageSplit } from "../../images/images.ts";
import { type Annealer, createAnnealer, STEPS_PER_CALL } from "./annealer.ts";
import { imageBlocks } from "../../images/image_blocks.ts";
import { StepSizes } from "./step_sizes.ts";

/** Images side by side, at most. */
const BLOCK = 25;

/** The chains of each image. */
export interface ChainOptions {
  /** Length of a latent vector. */
  readonly latent: number;
  /** Chains of each image. */
  readonly chains: number;
  /** Leapfrog steps of a transition. */
  readonly leapfrogSteps: number;
}

/** The step sizes of each block of images. */
export type TunedSteps = readonly StepSizes[];

/** Weights of all chains. */
export interface AnnealedImages {
  /** In nats, [chain, image], row by row. */
  readonly logWeights: Float64Array;
  /** Mean acceptance over images, chains and steps. */
  readonly acceptance: number;
  /** Decoder evaluations with gradient, for each image. */
  readonly evaluations: number;
}

/** Anneals the images of splits with a model's newest weights. */
export interface ImageAnnealer extends Disposable {
  /** Finds step sizes on the way up, with chains that are not used again. */
  readonly tune: (
    split: ImageSplit,
    distributions: number,
    key: Key,
  ) => Promise<TunedSteps>;
  /** From the prior up to the posterior: unbiased weights of p(x). */
  readonly up: (
    split: ImageSplit,
    path: AnnealingPath,
  ) => Promise<AnnealedImages>;
  /** From an exact sample of each posterior, [image, latent], down to the prior: unbiased weights of 1 / p(x). */
  readonly down: (
    split: ImageSplit,
    path: AnnealingPath & { readonly latents: Float32Array },
  ) => Promise<AnnealedImages>;
}

/** One way along the temperatures. */
export interface AnnealingPath {
  /** Steps of the path. */
  readonly distributions: number;
  /** Found by `tune` for the same split. */
  readonly stepSizes: TunedSteps;
  /** Draws latents, momenta and decisions. */
  readonly key: Key;
}

/**
 * Compiles the annealing of blocks of images.
 *
 * @param model The model, for images of Bernoulli pixels.
 * @param pixels Of an image.
 * @param options The chains.
 * @param context Of the stage that measures.
 * @returns The annealer; dispose it after use.
 */
export async function imageAnnealer(
  model: LatentVariableModel<StandardNormal>,
  pixels: number,
  { latent, chains, leapfrogSteps }: ChainOptions,
  context: RunContext,
): Promise<ImageAnnealer> {
  const sizes = { pixels, latent, images: BLOCK, chains, leapfrogSteps };
  const annealer = await createAnnealer(model, sizes, context);
  const fromPrior = (key: Key) =>
    normal(fold(key, "start"), BLOCK * chains * latent);

  async function walkAll(
    split: ImageSplit,
    { distributions, key }: Omit<AnnealingPath, "stepSizes">,
    wayOf: (block: number, first: number, key: Key) => Way,
  ): Promise<AnnealedImages> {
    const logWeights = new Float64Array(chains * split.count);
    let accepted = 0;
    let block = 0;
    for (const { first, count, pixels } of imageBlocks(split, BLOCK)) {
      const blockKey = fold(key, first);
      const way = wayOf(block++, first, blockKey);
      await annealer.begin(pixels, way.latents);
      const walked = await walk(annealer, way, blockKey, context);
      for (let i = 0; i < count; i++) {
        accepted += walked.acceptance[i]! / split.count; // of a block
        for (let chain = 0; chain < chains; chain++) {
          logWeights[chain * split.count + first + i] = walked
            .logWeights[i * chains + chain]!; // as above
        }
      }
    }
    const evaluations = chains * (1 + distributions * leapfrogSteps);
    return { logWeights, acceptance: accepted, evaluations };
  }

  return {
    tune: async (split, distributions, key) => {
      const tuned: StepSizes[] = [];
      await walkAll(split, { distributions, key }, (_block, _first, key) => {
        const stepSizes = new StepSizes(BLOCK);
        tuned.push(stepSizes);
        return {
          latents: fromPrior(key),
          betas: temperatures(distributions),
          stepSizes: () => stepSizes.current,
          learn: (acceptance) => stepSizes.adapt(acceptance),
        };
      });
      return tuned;
    },
    up: (split, path) =>
      walkAll(split, path, (block, _first, key) => ({
        latents: fromPrior(key),
        betas: temperatures(path.distributions),
        stepSizes: (step) =>
          path.stepSizes[block]!.at((step + 1) / path.distributions), // of the same split
      })),
    down: (split, { latents, ...path }) =>
      walkAll(split, path, (block, first) => ({
        latents: forChains(latents, { first, split, latent, chains }),
        betas: temperatures(path.distributions).reverse(),
        stepSizes: (step) =>
          path.stepSizes[block]!.at(1 - (step + 1) / path.distributions), // of the same split
      })),
    [Symbol.dispose]: () => annealer[Symbol.dispose](),
  };
}

/** One way of one block. */
interface Way {
  /** [image, chain, latent] */
  readonly latents: Float32Array<ArrayBuffer>;
  /** Inverse temperatures, one more than steps. */
  readonly betas: Float64Array;
  /** Step sizes of a step, [image]. */
  readonly stepSizes: (step: number) => Float64Array;
  /** Told the mean acceptance of each call, [image]. */
  readonly learn?: (acceptance: Float64Array) => void;
}

async function walk(
  annealer: Annealer,
  { betas, stepSizes, learn }: Way,
  key: Key,
  { signal }: Pick<RunContext, "signal">,
) {
  const steps = betas.length - 1;
  let logWeights: Float64Array | undefined;
  const acceptance = new Float64Array(BLOCK);
  for (let first = 0; first < steps; first += STEPS_PER_CALL) {
    signal.throwIfAborted();
    const count = Math.min(STEPS_PER_CALL, steps - first);
    const sizes = new Float32Array(count * BLOCK);
    for (let step = 0; step < count; step++) {
      sizes.set(stepSizes(first + step), step * BLOCK);
    }
    const result = await annealer.advance({
      betas: betas.subarray(first, first + count + 1),
      stepSizes: sizes,
      key: fold(key, first),
    });
    learn?.(result.acceptance);
    logWeights = logWeights?.map((sum, i) => sum + result.logWeights[i]!) ??
      result.logWeights; // one for each chain
    result.acceptance.forEach((value, i) =>
      acceptance[i]! += value * count / steps
    );
  }
  return { logWeights: logWeights!, acceptance }; // a path has a step
}

/** The latents of a block, each for all chains of its image; what is missing at the end repeats the last. */
function forChains(
  latents: Float32Array,
  { first, split, latent, chains }: {
    readonly first: number;
    readonly split: ImageSplit;
    readonly latent: number;
    readonly chains: number;
  },
): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(BLOCK * chains * latent);
  for (let row = 0; row < BLOCK * chains; row++) {
    const image = Math.min(split.count - 1, first + Math.floor(row / chains));
    const from = image * latent;
    rows.set(latents.subarray(from, from + latent), row * latent);
  }
  return rows;
}
