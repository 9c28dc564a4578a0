/**
 * Convolutional and plain variational autoencoders at equal parameters, and at equal time.
 * @module
 */
import {
  type ArchitectureSizes,
  buildArchitecture,
} from "../build/build_architecture.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { forEach } from "../core/for_each.ts";
import { pipeline } from "../core/pipeline.ts";
import type { Summary } from "../core/run/summary.ts";
import type { Stage } from "../core/stage.ts";
import { count } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";
import type {
  ArchitectureCase,
  ImageArchitecture,
} from "../entries/image_model.ts";
import type { BinaryImages } from "../entries/images.ts";
import { measureArchitecture } from "../evaluate/measure_architecture.ts";
import { reportArchitectures } from "../evaluate/report_architectures.ts";
import { threshold } from "../load/binarize_stages.ts";
import { type ImageRequest, loadMnist } from "../load/load_mnist.ts";
import { drawArchitectures } from "../render/draw_architectures.ts";
import type { ElboTraining } from "../train/fit_elbo.ts";
import { trainArchitecture } from "../train/train_architecture.ts";
import { imageFlags, modelFlags } from "./vae.ts";

/** What all models have in common. */
export interface ArchitectureSettings extends ArchitectureSizes, ElboTraining {
  /** Importance samples for each test image. */
  readonly importanceSamples: number;
}

/** Everything that shapes the experiment. */
export interface VaeConvConfig extends ImageRequest, ArchitectureSettings {
  /** Epochs of the plain VAE in the time of one of the convolutional. */
  readonly timeRatio: number;
}

const {
  hidden: _hidden,
  encoderActivation: _encoder,
  decoderActivation: _decoder,
  reconstructions: _reconstructions,
  ...common
} = modelFlags({
  latent: 20,
  epochs: 5,
  patience: 0,
  importanceSamples: 100,
  snapshots: [],
});

const settings: Flags<ArchitectureSettings> = {
  ...common,
  channels: count(32, "channels after the first halving of the sides", {
    smoke: 4,
  }),
};

/** Its flags. */
export const vaeConvFlags: Flags<Omit<VaeConvConfig, "data">> = {
  ...settings,
  timeRatio: count(
    8,
    "epochs of the plain VAE in the time of one of the convolutional; the run tells both times",
    { smoke: 2 },
  ),
  ...imageFlags,
};

/** What each model starts from. */
interface Model extends ArchitectureSettings {
  readonly title: string;
  readonly architecture: ImageArchitecture;
  readonly images: BinaryImages;
  readonly dataset: DatasetInfo;
}

const models: Stage<
  VaeConvConfig & Pick<Model, "images" | "dataset">,
  { readonly architectures: readonly ArchitectureCase[] }
> = forEach("models", {
  needs: [
    ...["images", "dataset", "timeRatio"] as const,
    ...Object.keys(settings) as (keyof ArchitectureSettings)[], // one flag for each setting
  ],
  adds: { architectures: "what was measured of each architecture" },
  cases: ({ timeRatio, ...input }) => {
    const modelOf = (
      title: string,
      architecture: ImageArchitecture,
      epochs: number,
    ) => ({
      name: title.replaceAll(" ", "-"),
      input: { ...input, title, architecture, epochs },
      keyName: architecture, // equal weights and noise to begin with
    });
    const { epochs } = input;
    return [
      modelOf("convolutional", "conv", epochs),
      modelOf("MLP", "mlp", epochs),
      modelOf("MLP for as long", "mlp", timeRatio * epochs),
      modelOf("with skips", "conv-with-skips", epochs),
    ];
  },
  stage: pipeline<Model>("model")
    .pipe(buildArchitecture)
    .pipe(trainArchitecture)
    .pipe(measureArchitecture)
    .give("architectureCase"),
  collect: (results) => ({
    architectures: results.map(({ out }) => out.architectureCase),
  }),
});

/** From images to the numbers and pictures of four models of equal size. */
export function vaeConvExperiment(
  name: string,
): Stage<VaeConvConfig, { readonly summary: Summary }> {
  return pipeline<VaeConvConfig>(name)
    .pipe(loadMnist)
    .pipe(threshold)
    .pipe(models)
    .pipe(reportArchitectures)
    .pipe(drawArchitectures)
    .give("summary");
}
