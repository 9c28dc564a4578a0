/**
 * Distributions of pixels: what each maximizes, and whether that is a likelihood.
 * @module
 */
import type { PixelLikelihood } from "../../../models/distributions/pixel_likelihood.ts";
import { type VaeSizes, vaeSizes } from "../build_vae.ts";
import { type ElboTraining, elboTraining } from "../../images/fit_elbo.ts";
import { buildPixelVae } from "./build_pixel_vae.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { forEach } from "../../core/for_each.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { type Flags, withDefaults } from "../../core/task/flags.ts";
import type { GreyImages, PixelImages } from "../../images/images.ts";
import type { PixelCase } from "./pixel_case.ts";
import {
  estimateLogLikelihood,
  type LikelihoodRequest,
  likelihoodRequest,
} from "../estimate_log_likelihood.ts";
import { evaluateElbo } from "../evaluate_elbo.ts";
import { measurePixelCase } from "./measure_pixel_case.ts";
import { reportPixelCases } from "./report_pixel_cases.ts";
import { choosePixels } from "../../images/binarize_stages.ts";
import {
  type ImageRequest,
  imageRequest,
  loadMnist,
} from "../../images/load_mnist.ts";
import { drawPixelCases } from "./draw_pixel_cases.ts";
import { trainElbo } from "../train_elbo.ts";

/** What all models have in common. */
export interface PixelSettings
  extends VaeSizes, ElboTraining, LikelihoodRequest {}

/** Everything that shapes the experiment. */
export interface VaeLikelihoodsConfig extends ImageRequest, PixelSettings {}

const common: Flags<PixelSettings> = {
  ...vaeSizes,
  ...elboTraining,
  ...likelihoodRequest,
};

/** Settings of the experiment but for `data`, with its defaults. */
export const vaeLikelihoodsFlags: Flags<Omit<VaeLikelihoodsConfig, "data">> = {
  ...withDefaults(common, {
    epochs: 10,
    importanceSamples: 200,
    snapshots: [],
  }),
  ...imageRequest,
};

/** What each model starts from. */
interface Model extends PixelSettings {
  readonly title: string;
  readonly pixelLikelihood: PixelLikelihood;
  readonly pixels: PixelImages["binarization"];
  readonly grey: GreyImages;
  readonly dataset: DatasetInfo;
}

const cases: readonly Pick<Model, "title" | "pixelLikelihood" | "pixels">[] = [
  {
    title: "Bernoulli on binary pixels",
    pixelLikelihood: "bernoulli",
    pixels: "threshold",
  },
  {
    title: "Bernoulli on grey pixels",
    pixelLikelihood: "bernoulli",
    pixels: "none",
  },
  {
    title: "continuous Bernoulli on grey",
    pixelLikelihood: "continuous-bernoulli",
    pixels: "none",
  },
  { title: "normal on grey", pixelLikelihood: "normal", pixels: "none" },
];

const models: Stage<
  VaeLikelihoodsConfig & Pick<Model, "grey" | "dataset">,
  { readonly pixelCases: readonly PixelCase[] }
> = forEach("models", {
  needs: ["grey", "dataset"],
  settings: common,
  adds: { pixelCases: "what was measured of each distribution of pixels" },
  cases: (input) =>
    cases.map((one) => ({
      name: `${
        one.pixels === "none" ? "grey" : "binary"
      }-${one.pixelLikelihood}`,
      input: { ...input, ...one },
      keyName: "model", // equal weights and noise to begin with
    })),
  stage: pipeline<Model>("model")
    .pipe(choosePixels)
    .pipe(buildPixelVae)
    .pipe(trainElbo)
    .pipe(evaluateElbo)
    .pipe(estimateLogLikelihood)
    .pipe(measurePixelCase)
    .give("pixelCase"),
  collect: (results) => ({
    pixelCases: results.map(({ out }) => out.pixelCase),
  }),
});

/** From grey images to the numbers and pictures of four models of their pixels. */
export function vaeLikelihoodsExperiment(
  name: string,
): Stage<VaeLikelihoodsConfig, { readonly summary: Summary }> {
  return pipeline<VaeLikelihoodsConfig>(name)
    .pipe(loadMnist)
    .pipe(models)
    .pipe(reportPixelCases)
    .pipe(drawPixelCases)
    .give("summary");
}
