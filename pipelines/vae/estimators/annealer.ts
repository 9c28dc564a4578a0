/**
 * Annealed importance sampling of many images and chains at once.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import { annealingStep } from "../../../models/estimators/annealing_step.ts";
import {
  type ChainState,
  likelihoodOf,
} from "../../../models/estimators/tempered_likelihood.ts";
import type { StandardNormal } from "../../../models/distributions/standard_normal.ts";
import type { LatentVariableModel } from "../../../models/objectives/latent_variable_model.ts";
import type { RunContext } from "../../core/context.ts";
import { fold, type Key } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import { uniform } from "../../core/random/uniform.ts";

/** Steps of one call. */
export const STEPS_PER_CALL = 5;

/** Sizes of a group of chains. */
export interface AnnealerSizes {
  /** Pixels of an image. */
  readonly pixels: number;
  /** Length of a latent vector. */
  readonly latent: number;
  /** Images side by side. */
  readonly images: number;
  /** Chains of each image. */
  readonly chains: number;
  /** Leapfrog steps of a transition. */
  readonly leapfrogSteps: number;
}

/** Consecutive steps of the path, at most `STEPS_PER_CALL`. */
export interface PathSteps {
  /** Inverse temperatures, one more than steps. */
  readonly betas: Float64Array;
  /** [step, image] */
  readonly stepSizes: Float32Array<ArrayBuffer>;
  /** Draws momenta and decisions. */
  readonly key: Key;
}

/** What the steps gave. */
export interface PathResult {
  /** Sum over the steps, in nats, [chain of an image], image by image. */
  readonly logWeights: Float64Array;
  /** Mean over steps and chains, [image]. */
  readonly acceptance: Float64Array;
}

/** Chains that live on the device. */
export interface Annealer extends Disposable {
  /** Puts the chains somewhere; images [image, pixel], latents [image, chain, latent]. */
  readonly begin: (
    images: Uint8Array<ArrayBuffer>,
    latents: Float32Array<ArrayBuffer>,
  ) => Promise<void>;
  /** Goes some steps along the path. */
  readonly advance: (steps: PathSteps) => Promise<PathResult>;
}

/**
 * Compiles chains for a model's newest weights.
 *
 * @param model The model.
 * @param sizes Images, chains and latents.
 * @param context Of the stage that measures.
 * @returns The chains; dispose them after use.
 */
export async function createAnnealer(
  model: LatentVariableModel<StandardNormal>,
  sizes: AnnealerSizes,
  context: Pick<RunContext, "device" | "threads">,
): Promise<Annealer> {
  using stack = new DisposableStack();
  const chains = stack.adopt(chainVariables(sizes), (all) => tf.dispose(all));
  const start = stack.use(await compileStart(model, chains, sizes, context));
  const walk = stack.use(await compileWalk(model, chains, sizes, context));
  const rows = sizes.images * sizes.chains;
  const kept = stack.move();
  return {
    begin: async (pixels, latents) => {
      await start.run({ pixels, latents });
    },
    advance: async ({ betas, stepSizes, key }) => {
      const steps = betas.length - 1;
      const momenta = steps * rows * sizes.latent;
      const { logWeight, acceptance } = await walk.run({
        before: Float32Array.from(betas.subarray(0, steps)),
        beta: Float32Array.from(betas.subarray(1)),
        stepSizes,
        momentum: normal(fold(key, "momentum"), momenta),
        noise: uniform(fold(key, "noise"), steps * rows),
      });
      return {
        logWeights: sumOver(steps, logWeight.data),
        acceptance: sumOver(steps, acceptance.data).map((sum) => sum / steps),
      };
    },
    [Symbol.dispose]: () => kept.dispose(),
  };
}

/** Where the chains are, a row for each. */
type ChainVariables = Readonly<
  Record<keyof ChainState | "observed", tf.Variable>
>;

function chainVariables(
  { images, chains, pixels, latent }: AnnealerSizes,
): ChainVariables {
  const rows = images * chains;
  const variable = (...shape: number[]) =>
    tf.tidy(() => tf.variable(tf.zeros(shape)));
  return {
    observed: variable(rows, pixels),
    latents: variable(rows, latent),
    logLikelihood: variable(rows),
    gradient: variable(rows, latent),
  };
}

function keep(chains: ChainVariables, state: ChainState): void {
  chains.latents.assign(state.latents);
  chains.logLikelihood.assign(state.logLikelihood);
  chains.gradient.assign(state.gradient);
}

/** One row for each chain of an image. */
function forChains(
  perImage: tf.Tensor,
  { images, chains }: AnnealerSizes,
): tf.Tensor2D {
  const width = perImage.shape[1] ?? 1;
  return perImage.reshape([images, 1, width]).tile([1, chains, 1])
    .reshape<tf.Tensor2D>([images * chains, width]);
}

async function compileStart(
  model: LatentVariableModel<StandardNormal>,
  kept: ChainVariables,
  sizes: AnnealerSizes,
  { device, threads }: Pick<RunContext, "device" | "threads">,
) {
  const { images, chains, pixels, latent } = sizes;
  return await compile(({ pixels, latents }) => {
    const tiled = forChains(pixels.cast("float32"), sizes);
    kept.observed.assign(tiled);
    const state = likelihoodOf(model, tiled)(latents);
    keep(kept, state);
    return { logLikelihood: state.logLikelihood.clone() };
  }, {
    inputs: {
      pixels: { shape: [images, pixels], dtype: "bool" },
      latents: { shape: [images * chains, latent] },
    },
    device,
    threads,
  });
}

async function compileWalk(
  model: LatentVariableModel<StandardNormal>,
  kept: ChainVariables,
  sizes: AnnealerSizes,
  { device, threads }: Pick<RunContext, "device" | "threads">,
) {
  const { images, chains, pixels, latent, leapfrogSteps } = sizes;
  const rows = images * chains;
  return await compile(({ before, beta, stepSizes, momentum, noise }) => {
    const state = {
      latents: kept.latents.as2D(rows, latent),
      logLikelihood: kept.logLikelihood.as1D(),
      gradient: kept.gradient.as2D(rows, latent),
    };
    const lookAt = likelihoodOf(model, kept.observed.as2D(rows, pixels));
    const { state: next, logWeight, acceptance } = annealingStep(
      state,
      lookAt,
      {
        before,
        beta,
        stepSizes: forChains(stepSizes, sizes),
        leapfrogSteps,
        momentum,
        noise,
      },
    );
    keep(kept, next);
    const byImage = acceptance.reshape([images, chains]).mean(1);
    return { logWeight: logWeight as tf.Tensor, acceptance: byImage };
  }, {
    inputs: {
      before: { shape: [] },
      beta: { shape: [] },
      stepSizes: { shape: [images] },
      momentum: { shape: [rows, latent] },
      noise: { shape: [rows] },
    },
    device,
    threads,
    stepsPerCall: STEPS_PER_CALL,
  });
}

/** Sums the rows of a matrix of so many rows, in double precision. */
function sumOver(rows: number, values: Float32Array): Float64Array {
  const sums = new Float64Array(values.length / rows);
  values.forEach((value, i) => sums[i % sums.length]! += value);
  return sums;
}
