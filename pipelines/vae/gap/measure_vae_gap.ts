/**
 * The stage that follows the gap between log p(x) and the bound of a VAE over its training.
 * @module
 */
import type { Owned } from "../../../models/parameters/parameters.ts";
import type { Vae } from "../../../models/vae.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { GapHistory, GapPoint } from "./elbo_gap_entries.ts";
import type { BinaryImages } from "../../images/images.ts";
import type { Training } from "../../training/training.ts";
import { assignWeights, readWeights } from "../../training/weights.ts";
import { firstImages } from "../../images/first_images.ts";
import { gapPoint, gapValues } from "./gap_point.ts";
import { elboMeter } from "../../images/measure_elbo.ts";
import { quadratureMeter } from "../measure_quadrature.ts";
import { type LatentSize, latentSize } from "../build_vae.ts";
import { count } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";

/** Samples of the posterior for each image, which make the bound independent of the quadrature. */
const SAMPLES = 16;

/** Which integrals to compute. */
export interface GapRequest {
  /** Test images whose integrals are computed. */
  readonly gapImages: number;
}

/** The setting of `GapRequest`, with its default and rule. */
export const gapRequest: Flags<GapRequest> = {
  gapImages: count(100, "test images whose integrals are computed", {
    max: 1000,
    smoke: 20,
  }),
};

/**
 * Integrates log p(x) and the divergence on a grid of latents, and samples the bound, for each kept moment.
 *
 * @throws {RangeError} If no moment of the training was kept.
 */
export const measureVaeGap: Stage<
  Partial<LatentSize & GapRequest> & {
    readonly vae: Owned<Vae>;
    readonly images: BinaryImages;
    readonly training: Training;
  },
  { readonly vaeGap: GapHistory; readonly spacingError: number }
> = stage("vae-gap", {
  needs: ["vae", "images", "training"],
  settings: { ...latentSize, ...gapRequest },
  adds: {
    vaeGap: "test log p(x), ELBO and gap at each kept moment, nats per image",
    spacingError: "what twice the grid spacing changes at most, nats",
  },
}, async ({ vae, images, latent, training, gapImages }, context) => {
  if (training.snapshots.length === 0) {
    throw new RangeError(
      `Expected snapshots within the ${training.steps} weight updates of the training but found none`,
    );
  }
  const split = firstImages(images.test, gapImages);
  const pixels = split.rows * split.columns;
  using integral = await quadratureMeter(vae, split, latent, context);
  using bound = await elboMeter(
    vae,
    { pixels, latent, monteCarlo: SAMPLES },
    context,
  );
  const trained = await readWeights(vae.variables);
  const vaeGap: GapPoint[] = [];
  let spacingError = 0;
  for (const { step, epoch, weights } of training.snapshots) {
    assignWeights(vae.variables, weights);
    const integrals = await integral.measure();
    const { reconstruction, kl } = await bound.measure(split, context.key);
    const elbo = Float64Array.from(kl, (kl, i) => reconstruction[i]! - kl);
    const point = gapPoint(step, { ...integrals, elbo });
    context.metrics.record({ step, epoch, values: gapValues("vae", point) });
    vaeGap.push(point);
    spacingError = Math.max(spacingError, ...integrals.spacingError);
    context.progress.update({
      step: vaeGap.length,
      steps: training.snapshots.length,
      items: split.count,
      unit: "images",
      values: { "log p(x)": point.logLikelihood, gap: point.gap },
    });
  }
  assignWeights(vae.variables, trained);
  return { vaeGap, spacingError };
});
