/**
 * The generative adversarial network of Goodfellow et al. 2014 on images.
 * @module
 */
import { pipeline } from "../core/pipeline.ts";
import type { Summary } from "../core/run/summary.ts";
import type { InputOf, Stage } from "../core/stage.ts";
import type { Flags } from "../core/task/flags.ts";
import {
  type ImageRequest,
  imageRequest,
  loadMnist,
} from "../images/load_mnist.ts";
import { checkGame } from "./check_game.ts";
import { buildPlayers } from "./build_players.ts";
import { drawGanLosses } from "./draw_gan_losses.ts";
import { drawGanSamples } from "./draw_gan_samples.ts";
import { drawSampleQuality } from "./draw_sample_quality.ts";
import { evaluateSamples } from "./evaluate_samples.ts";
import { exportGenerator } from "./export_generator.ts";
import {
  type GanLayers,
  ganLayers,
  type GanLosses,
  ganLosses,
  type GanSizes,
  ganSizes,
  type GanTraining,
  ganTraining,
  type SampleRequest,
  sampleRequest,
} from "./gan_settings.ts";
import { leaveGanSamples } from "./leave_gan_samples.ts";
import { reportGan } from "./report_gan.ts";
import { summarizeGan } from "./summarize_gan.ts";
import { trainGan } from "./train_gan.ts";

/** Everything that shapes the experiment. */
export interface GanConfig
  extends
    ImageRequest,
    GanSizes,
    GanLayers,
    GanLosses,
    GanTraining,
    SampleRequest {}

/** Settings of the experiment but for `data`. */
export const ganFlags: Flags<Omit<GanConfig, "data">> = {
  ...ganSizes,
  ...ganLayers,
  ...ganLosses,
  ...ganTraining,
  ...sampleRequest,
  ...imageRequest,
};

/** From images to a trained generator, its numbers and its pictures. */
export function ganExperiment(
  name: string,
): Stage<GanConfig, { readonly summary: Summary }> {
  return pipeline<GanConfig>(name)
    .pipe(loadMnist)
    .pipe(checkGame)
    .pipe(buildPlayers)
    .pipe(trainGan)
    .pipe(evaluateSamples)
    .pipe(summarizeGan)
    .pipe(reportGan)
    .pipe(exportGenerator)
    .pipe(leaveGanSamples)
    .pipe(drawGan)
    .give("summary");
}

/** The pictures of a game on images. */
export const drawGan: Stage<
  & InputOf<typeof drawGanSamples>
  & InputOf<typeof drawGanLosses>
  & InputOf<typeof drawSampleQuality>,
  object
> = pipeline<
  & InputOf<typeof drawGanSamples>
  & InputOf<typeof drawGanLosses>
  & InputOf<typeof drawSampleQuality>
>("draw")
  .pipe(drawGanSamples)
  .pipe(drawGanLosses)
  .pipe(drawSampleQuality);
