/**
 * A small variational autoencoder on few images of few pixels, watched batch by batch.
 * @module
 */
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { type Flags, withDefaults } from "../../core/task/flags.ts";
import { threshold14x14 } from "../../images/binarize_stages.ts";
import {
  type FirstOfEachRequest,
  firstOfEachRequest,
  loadFirstOfEach,
} from "../../images/load_first_of_each.ts";
import { drawBatches } from "./draw_batches.ts";
import { drawVae, fitVae, type VaeSettings, vaeSettings } from "../vae.ts";

/** Everything that shapes the experiment. */
export interface VaeSmall14Config extends FirstOfEachRequest, VaeSettings {}

/** Settings of the experiment but for `data`, with its defaults. */
export const vaeSmall14Flags: Flags<Omit<VaeSmall14Config, "data">> = {
  ...withDefaults(vaeSettings, {
    latent: 8,
    hidden: [128],
    monteCarlo: 2,
    epochs: 100,
    batch: 100,
    validateEvery: 100,
    patience: 0,
    recordEvery: 1,
    snapshots: [0, 10],
    reconstructions: 8,
  }),
  ...firstOfEachRequest,
};

/** From the first images of each digit to the numbers and pictures of a small VAE. */
export function vaeSmall14Experiment(
  name: string,
): Stage<VaeSmall14Config, { readonly summary: Summary }> {
  return pipeline<VaeSmall14Config>(name)
    .pipe(loadFirstOfEach)
    .pipe(threshold14x14)
    .include(fitVae)
    .pipe(drawBatches)
    .pipe(drawVae)
    .give("summary");
}
