/**
 * The log-likelihood of every image of a split by quadrature over few latent dimensions.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import {
  type LatentGrid,
  latentGrid,
} from "../../models/estimators/latent_grid.ts";
import { pairwiseLogProb } from "../../models/estimators/pairwise_log_prob.ts";
import { RunningLogMeanExp } from "../../models/objectives/running_log_mean_exp.ts";
import type { Vae } from "../../models/vae.ts";
import type { RunContext } from "../core/context.ts";
import { inFlight } from "../core/in_flight.ts";
import type { ImageSplit } from "../images/images.ts";

/** Points of the grid that one call decodes. */
const CHUNK = 2000;
/** Beyond so many standard deviations a normal number has 6e-7 of its mass. */
const DEVIATIONS = 5;

/** Integrals for each image, each [image]. */
export interface ImageIntegrals {
  /** log p(x), in nats. */
  readonly logLikelihood: Float64Array;
  /** How much a grid of twice the spacing differs, in nats: far more than the error. */
  readonly spacingError: Float64Array;
  /** KL(q(z | x) || p(z | x)), in nats. */
  readonly gap: Float64Array;
  /** Decoded latent vectors, which all images share. */
  readonly decoderEvaluations: number;
}

/** Integrates with a model's newest weights, as often as wanted. */
export interface QuadratureMeter extends Disposable {
  /** The integrals of all images. */
  readonly measure: () => Promise<ImageIntegrals>;
}

/**
 * Compiles the integration of p(x | z) p(z), and of q log(q / p(z | x)), over z by the trapezoidal rule.
 *
 * @param vae The model.
 * @param split The images, a few hundred at most.
 * @param latent Length of a latent vector, 1 to 3.
 * @param context Of the stage that measures.
 * @returns The meter; dispose it after use.
 * @throws {RangeError} If a latent vector is longer.
 */
export async function quadratureMeter(
  vae: Vae,
  { pixels, count, rows, columns }: ImageSplit,
  latent: number,
  { device, threads, signal }: RunContext,
): Promise<QuadratureMeter> {
  latentGrid(latent, 0); // refuses what is too long before any work
  const tables = {
    images: { data: pixels, shape: [count, rows * columns] },
  } as const;
  using stack = new DisposableStack();
  const encoder = stack.use(
    await compile(({ images }) => {
      const { mean, logVariance } = vae.encode(images.cast("float32"));
      return { mean, logVariance };
    }, { inputs: {}, tables, device, threads }),
  );
  const integrand = stack.use(
    await compile(({ latents, images }) => {
      const observed = images.cast<tf.Tensor2D>("float32");
      const logPrior = vae.prior.logProb(latents).expandDims(1); // [point, 1]
      const logLikelihood = pairwiseLogProb(vae.decode(latents), observed);
      return {
        logJoint: logLikelihood.add(logPrior), // [point, image]
        logPosterior: vae.encode(observed).logProb(latents.expandDims(1)), // q(z | x), [point, image]
      };
    }, {
      inputs: { latents: { shape: [CHUNK, latent] } },
      tables,
      device,
      threads,
      parallel: "calls",
    }),
  );
  const kept = stack.move();
  return {
    measure: async () => {
      const { mean, logVariance } = await encoder.run({});
      const grid = latentGrid(latent, reachOf(mean.data, logVariance.data));
      const sums = { fine: new Sums(count), coarse: new Sums(count) };
      const chunks = Math.ceil(grid.count / CHUNK);
      const found = inFlight(
        Array.from({ length: chunks }, (_, i) => i * CHUNK),
        threads,
        async (first) => {
          const latents = chunkOf(grid, first, latent);
          return { first, ...await integrand.run({ latents }) };
        },
      );
      for await (const { first, logJoint, logPosterior } of found) {
        signal.throwIfAborted();
        const last = Math.min(CHUNK, grid.count - first);
        for (let row = 0; row < last; row++) {
          const [from, to] = [row * count, (row + 1) * count];
          const joint = logJoint.data.subarray(from, to);
          const posterior = logPosterior.data.subarray(from, to);
          sums.fine.add(joint, posterior);
          if (grid.isCoarse(first + row)) sums.coarse.add(joint, posterior);
        }
      }
      const fine = sums.fine.integrals(grid.logCell);
      const coarse = sums.coarse.integrals(grid.logCell + latent * Math.LN2);
      return {
        ...fine,
        spacingError: fine.logLikelihood.map((value, i) =>
          Math.abs(value - coarse.logLikelihood[i]!)
        ),
        decoderEvaluations: grid.count,
      };
    },
    [Symbol.dispose]: () => kept.dispose(),
  };
}

/** How far the grid must reach: five standard deviations of the prior, and of each posterior around its mean. */
function reachOf(means: Float32Array, logVariances: Float32Array): number {
  return means.reduce(
    (reach, mean, i) =>
      Math.max(
        reach,
        Math.abs(mean) + DEVIATIONS * Math.exp(logVariances[i]! / 2), // one for each mean
      ),
    DEVIATIONS,
  );
}

/** Sums over a grid, for each image. */
class Sums {
  readonly #joint: RunningLogMeanExp;
  readonly #mass: Float64Array; // of q
  readonly #ratio: Float64Array; // of q (log q - log p(x, z))

  constructor(images: number) {
    this.#joint = new RunningLogMeanExp(images);
    this.#mass = new Float64Array(images);
    this.#ratio = new Float64Array(images);
  }

  /** Adds one point, [image] each. */
  add(logJoint: Float32Array, logPosterior: Float32Array): void {
    this.#joint.add(logJoint);
    logPosterior.forEach((logQ, image) => {
      const q = Math.exp(logQ);
      this.#mass[image]! += q;
      this.#ratio[image]! += q * (logQ - logJoint[image]!);
    });
  }

  /** The gap is divided by the mass of q on the grid, one but for the error. */
  integrals(logCell: number) {
    const logCells = logCell + Math.log(this.#joint.importanceSamples);
    const logLikelihood = this.#joint.logMeanExp().map((v) => v + logCells);
    const gap = logLikelihood.map((value, i) =>
      this.#ratio[i]! / this.#mass[i]! + value
    );
    return { logLikelihood, gap };
  }
}

/** Points from `first` on; what lies beyond the grid is zero. */
function chunkOf(
  { points }: LatentGrid,
  first: number,
  latent: number,
): Float32Array<ArrayBuffer> {
  const chunk = new Float32Array(CHUNK * latent);
  chunk.set(points.subarray(first * latent, (first + CHUNK) * latent));
  return chunk;
}
