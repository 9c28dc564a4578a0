/**
 * The stage that measures a trained diffusion model and draws with it.
 * @module
 */
import { split } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import {
  type FeatureSource,
  featureSource,
  openFeatureSource,
} from "../../images/features/feature_source.ts";
import { firstImages } from "../../images/first_images.ts";
import { histogramBits } from "../../images/grey_histogram.ts";
import type { GreyImages } from "../../images/images.ts";
import type { Training } from "../../training/training.ts";
import { assignWeights, readWeights } from "../../training/weights.ts";
import { classColumns } from "../class_columns.ts";
import { compileDenoiser } from "../compile_denoiser.ts";
import { itemsOf } from "../denoising_model.ts";
import type { DiffusionModel } from "../diffusion_model.ts";
import type { DiffusionTraining } from "../diffusion_settings.ts";
import { type DigitStudio, openStudio } from "../draw_digits.ts";
import type { BoundRequest } from "../measure_bits.ts";
import { noiseErrors } from "../noise_error.ts";
import type { SamplerName } from "../samplers_by_name.ts";
import type {
  MnistMeasures,
  MnistPictures,
  PictureRow,
} from "./mnist_entries.ts";

/** What to draw. */
export interface DrawingRequest {
  /** The method. */
  readonly sampler: SamplerName;
  /** Steps of the sampler. */
  readonly steps: number;
  /** How strongly the class guides. */
  readonly guidance: number;
  /** Images that are drawn and measured. */
  readonly samples: number;
}

/** Pictures of the way from noise. */
const STRIP = 10;

/** Measures errors and samples, and draws images through training and on their way from noise. */
export const measureMnist: Stage<
  & DrawingRequest
  & Partial<FeatureSource>
  & Pick<DiffusionTraining, "errorImages">
  & Pick<BoundRequest, "boundImages">
  & {
    readonly grey: GreyImages;
    readonly model: DiffusionModel;
    readonly training: Training;
  },
  { readonly measures: MnistMeasures; readonly pictures: MnistPictures }
> = stage("measure", {
  needs: [
    ...["grey", "model", "training", "errorImages", "boundImages"] as const,
    ...["sampler", "steps", "guidance", "samples"] as const,
  ],
  settings: featureSource,
  adds: {
    measures: "errors by timestep, yardsticks, and the quality of samples",
    pictures: "images through training and on their way from noise",
  },
}, async ({ grey, model, training, ...config }, context) => {
  const { sampler, steps, guidance, samples } = config;
  const [errorKey, drawKey] = split(context.key, 2);
  const held = firstImages(grey.test, config.errorImages);
  using denoiser = await compileDenoiser(
    model,
    Math.min(64, held.count),
    context,
  );
  using network = await openFeatureSource(config, context);
  using studio = await openStudio(model, grey, network, drawKey, context);
  const request = { sampler, steps, guidance };
  const { columns: across } = classColumns(grey);
  const best = await readWeights(model.averaged.variables);
  const moments: PictureRow[] = [];
  for (const { step, weights } of training.snapshots) {
    assignWeights(model.averaged.variables, weights);
    moments.push({
      title: `${step.toLocaleString("en")} updates`,
      images: await studio.draw({ ...request, count: across }),
    });
  }
  assignWeights(model.averaged.variables, best);
  const strip = await drawStrip(studio, { ...request, count: across });
  const { images, quality, seconds } = await studio.measure({
    ...request,
    count: samples,
  });
  context.progress.note(`${(1000 * seconds).toFixed(0)} ms an image drawn`);
  return {
    measures: {
      errors: await noiseErrors(model, denoiser, itemsOf(held), errorKey),
      yardsticks: histogramBits(
        grey.train,
        firstImages(grey.test, config.boundImages),
      ),
      quality,
    },
    pictures: { moments, strip, digits: images },
  };
});

/** Images of the classes in turn at about ten places on their way, and at the end. */
async function drawStrip(
  studio: DigitStudio,
  request: Pick<DrawingRequest, "sampler" | "steps" | "guidance"> & {
    readonly count: number;
  },
): Promise<readonly PictureRow[]> {
  const rows: PictureRow[] = [];
  const end = await studio.draw({
    ...request,
    watch: ({ x, node, visit, visits }) => {
      const every = Math.max(1, Math.ceil(visits / STRIP));
      if (visit % every !== 0) return;
      const title = `t = ${Math.round(node.timestep)}`;
      rows.push({ title, images: Float32Array.from(x) });
    },
  });
  return [...rows, { title: "end", images: end }];
}
