/**
 * The stage that estimates log p(x) of one model in several ways.
 * @module
 */
import type { Vae } from "../../../models/vae.ts";
import type { RunContext } from "../../core/context.ts";
import { split as splitKey } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { EstimatePoint, Estimates } from "./estimates.ts";
import type { BinaryImages, ImageSplit } from "../../images/images.ts";
import { imageAnnealer } from "./anneal_images.ts";
import {
  type AnnealingRequest,
  annealPaths,
  difference,
  squeeze,
} from "./annealed_estimates.ts";
import { pointsBySize } from "./estimate_points.ts";
import { firstImages } from "../../images/first_images.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import { measureLogWeights } from "./measure_log_weights.ts";
import { type ImageIntegrals, quadratureMeter } from "../measure_quadrature.ts";
import { simulateImages } from "./simulate_images.ts";
import { timed } from "../../core/timed.ts";
import { type LatentSize, latentSize } from "../build_vae.ts";
import { count } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";

/** How to estimate, as a run's config gives it. */
export interface EstimatorRequest extends AnnealingRequest {
  /** Test images, and as many drawn from the model. */
  readonly estimateImages: number;
  /** Samples of the prior, and of the encoder, for each image. */
  readonly samples: number;
}

/** Settings of `EstimatorRequest`, with their defaults and rules. */
export const estimatorRequest: Flags<EstimatorRequest> = {
  estimateImages: count(25, "test images, and as many drawn from the model", {
    max: 1000,
    smoke: 5,
  }),
  samples: count(10_000, "samples of the prior and of the encoder", {
    min: 10,
    smoke: 100,
  }),
  chains: count(16, "annealed chains of each image", { min: 2, smoke: 4 }),
  distributions: count(300, "distributions between prior and posterior", {
    smoke: 30,
  }),
  leapfrogSteps: count(3, "leapfrog steps of a transition", { smoke: 2 }),
};

/** Longest latent vectors with a quadrature. */
const MOST_INTEGRATED = 3;

/** Estimates by sampling, by annealing and, where the latents are few, by quadrature. */
export const compareEstimators: Stage<
  Partial<LatentSize & EstimatorRequest> & {
    readonly vae: Vae;
    readonly images: BinaryImages;
  },
  { readonly estimates: Estimates }
> = stage("estimate", {
  needs: ["vae", "images"],
  settings: { ...latentSize, ...estimatorRequest },
  adds: { estimates: "log p(x) by each estimator and size, nats per image" },
}, async ({ vae, images, latent, ...request }, context) => {
  const [sampleKey, pathKey, drawKey, sandwichKey] = splitKey(context.key, 4);
  const split = firstImages(images.test, request.estimateImages);
  const pixels = split.rows * split.columns;
  const integrals = await integrate(vae, split, latent, context);
  const truth = integrals?.logLikelihood;
  const sampled: EstimatePoint[] = [];
  const keys = splitKey(sampleKey, 2);
  for (const [i, proposal] of (["prior", "encoder"] as const).entries()) {
    const options = {
      latent,
      samples: request.samples,
      proposal,
      key: keys[i]!,
    }; // two
    const logWeights = await timed(
      `${request.samples} samples of the ${proposal}`,
      () => measureLogWeights(vae, split, options, context),
      context,
    );
    const weights = {
      estimator: proposal,
      logWeights,
      images: split.count,
      truth,
    };
    sampled.push(...pointsBySize(weights, sizesUpTo(request.samples)));
  }
  using annealer = await imageAnnealer(
    vae,
    pixels,
    { latent, ...request },
    context,
  );
  const paths = await annealPaths(annealer, split, {
    ...request,
    truth,
    key: pathKey,
  }, context);
  const simulated = await simulateImages(
    vae,
    split,
    { latent, key: drawKey },
    context,
  );
  const exact = await integrate(vae, simulated.split, latent, context);
  const sandwich = await squeeze(annealer, simulated, {
    ...request,
    truth: exact?.logLikelihood,
    key: sandwichKey,
  }, context);
  const points = [...sampled, ...paths.points];
  points.forEach((point, step) =>
    context.metrics.record({ step, epoch: 0, values: valuesOf(point) })
  );
  return {
    estimates: {
      latent,
      images: split.count,
      points,
      sandwich,
      acceptance: paths.acceptance,
      ...integrals && {
        truth: meanAndError(integrals.logLikelihood).mean,
        spacingError: Math.max(...integrals.spacingError),
        annealingDifference: difference(paths.best, integrals.logLikelihood),
      },
    },
  };
});

async function integrate(
  vae: Vae,
  split: ImageSplit,
  latent: number,
  context: RunContext,
): Promise<ImageIntegrals | undefined> {
  if (latent > MOST_INTEGRATED) return undefined;
  using meter = await quadratureMeter(vae, split, latent, context);
  return await timed("quadrature", () => meter.measure(), context);
}

/** Powers of ten. */
function sizesUpTo(samples: number): readonly number[] {
  const most = Math.floor(Math.log10(samples) + 1e-9); // log10 may fall short by a rounding
  return Array.from({ length: most + 1 }, (_, i) => 10 ** i);
}

function valuesOf(
  { estimator, ...values }: EstimatePoint,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => Number.isFinite(value))
      .map(([name, value]) => [`${estimator}/${name}`, value]),
  );
}
