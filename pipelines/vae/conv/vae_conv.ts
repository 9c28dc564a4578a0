/**
 * Convolutional and plain variational autoencoders at equal parameters, and at equal time.
 * @module
 */
import {
  type ArchitectureSizes,
  architectureSizes,
} from "./architecture_sizes.ts";
import { buildArchitecture } from "./build_architecture.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { forEach } from "../../core/for_each.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import { type InputOf, type Stage, stage } from "../../core/stage.ts";
import { real } from "../../core/task/fields.ts";
import { type Flags, only, withDefaults } from "../../core/task/flags.ts";
import type {
  ArchitectureCase,
  ImageArchitecture,
  Pace,
} from "./image_model.ts";
import type { BinaryImages } from "../../images/images.ts";
import { measureArchitecture } from "./measure_architecture.ts";
import { reportArchitectures } from "./report_architectures.ts";
import { threshold } from "../../images/binarize_stages.ts";
import {
  type ImageRequest,
  imageRequest,
  loadMnist,
} from "../../images/load_mnist.ts";
import { drawArchitectures } from "./draw_architectures.ts";
import { type ElboTraining, elboTraining } from "../../images/fit_elbo.ts";
import {
  type LikelihoodRequest,
  likelihoodRequest,
} from "../estimate_log_likelihood.ts";
import { trainArchitecture } from "./train_architecture.ts";
import { timeUpdates } from "./time_updates.ts";

/** What all models have in common. */
export interface ArchitectureSettings
  extends ArchitectureSizes, ElboTraining, LikelihoodRequest {}

/** How long the plain VAE trains. */
export interface TimeRatio {
  /** Epochs of the plain VAE in the time of one of the convolutional; 0 measures it. */
  readonly timeRatio: number;
}

/** Everything that shapes the experiment. */
export interface VaeConvConfig
  extends ImageRequest, ArchitectureSettings, TimeRatio {}

const common: Flags<ArchitectureSettings> = {
  ...architectureSizes,
  ...elboTraining,
  ...likelihoodRequest,
};

const ratio: Flags<TimeRatio> = {
  timeRatio: real(
    0,
    "epochs of the plain VAE in the time of one of the convolutional; 0 measures it",
    { min: 0 },
  ),
};

/** Settings of the experiment but for `data`, with its defaults. */
export const vaeConvFlags: Flags<Omit<VaeConvConfig, "data">> = {
  ...withDefaults(common, {
    initialization: "glorot-uniform", // of convolutions it reaches most: docs/results/initial_weights.md
    epochs: 5,
    patience: 0,
    importanceSamples: 100,
    snapshots: [],
  }),
  ...ratio,
  ...imageRequest,
};

/** What each model starts from. */
interface Model extends ArchitectureSettings {
  readonly title: string;
  readonly architecture: ImageArchitecture;
  readonly images: BinaryImages;
  readonly dataset: DatasetInfo;
}

/** Turns in which the updates of both models are timed. */
const TURNS = 3;

const pace: Stage<
  VaeConvConfig & Pick<Model, "images">,
  { readonly pace: Pace | undefined }
> = forEach("pace", {
  needs: ["images"],
  settings: {
    ...ratio,
    ...architectureSizes,
    ...only(elboTraining, "batch", "learningRate", "monteCarlo"),
  },
  adds: { pace: "seconds of a weight update of both models, if not given" },
  cases: ({ timeRatio, ...input }) =>
    Array.from({ length: timeRatio > 0 ? 0 : TURNS }, (_, turn) => turn + 1)
      .flatMap((turn) =>
        (["conv", "mlp"] as const).map((architecture) => ({
          name: `${architecture}-${turn}`,
          input: { ...input, architecture },
        }))
      ),
  stage: pipeline<
    & Omit<InputOf<typeof timeUpdates>, "model">
    & InputOf<typeof buildArchitecture>
  >("turn")
    .pipe(buildArchitecture)
    .pipe(timeUpdates)
    .give("updateSeconds"),
  collect: (turns) => {
    const middle = (wanted: ImageArchitecture) =>
      turns.filter(({ input }) => input.architecture === wanted)
        .map(({ out }) => out.updateSeconds)
        .sort((a, b) => a - b)[TURNS >> 1]!; // both architectures have a case in each turn
    return {
      pace: turns.length === 0
        ? undefined
        : { conv: middle("conv"), mlp: middle("mlp") },
    };
  },
});

/** Decides how long the plain VAE trains; what was measured becomes a setting of the run, so that it can be repeated. */
export const settleRatio: Stage<
  Partial<TimeRatio> & { readonly pace: Pace | undefined },
  { readonly equalTime: number }
> = stage("ratio", {
  needs: ["pace"],
  settings: ratio,
  adds: {
    equalTime: "epochs of the plain VAE in the time of one of the other",
  },
}, ({ timeRatio, pace }, { describe }) => {
  const equalTime = pace === undefined ? timeRatio : pace.conv / pace.mlp;
  describe({ settled: { timeRatio: equalTime } });
  return { equalTime };
});

/**
 * How many epochs of the plain VAE take as long as some of the convolutional one.
 *
 * @param epochs Of the convolutional one.
 * @param equalTime Epochs of the one in the time of one of the other.
 * @returns At least 1.
 */
export function equalTimeEpochs(epochs: number, equalTime: number): number {
  return Math.max(1, Math.round(equalTime * epochs));
}

const models: Stage<
  VaeConvConfig & Pick<Model, "images" | "dataset"> & {
    readonly equalTime: number;
  },
  { readonly architectures: readonly ArchitectureCase[] }
> = forEach("models", {
  needs: ["images", "dataset", "equalTime"],
  settings: common,
  adds: { architectures: "what was measured of each architecture" },
  cases: ({ equalTime, ...input }) => {
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
      modelOf(
        "MLP for as long",
        "mlp",
        equalTimeEpochs(epochs, equalTime),
      ),
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
    .pipe(pace)
    .pipe(settleRatio)
    .pipe(models)
    .pipe(reportArchitectures)
    .pipe(drawArchitectures)
    .give("summary");
}
