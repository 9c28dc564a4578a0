/**
 * A network that measures samples, trained here and compared with that of the package.
 * @module
 */
import { pipeline } from "../core/pipeline.ts";
import type { Summary } from "../core/run/summary.ts";
import type { Stage } from "../core/stage.ts";
import type { Flags } from "../core/task/flags.ts";
import {
  type ImageRequest,
  imageRequest,
  loadMnist,
} from "../images/load_mnist.ts";
import { compareNetworks } from "./compare_networks.ts";
import { drawFeatures } from "./draw_features.ts";
import {
  type ComparisonRequest,
  comparisonRequest,
  type FeatureTraining,
  featureTraining,
} from "./feature_settings.ts";
import { leaveFeatures } from "./leave_features.ts";
import { summarizeFeatures } from "./summarize_features.ts";
import { trainFeatures } from "./train_features.ts";

/** Everything that shapes the experiment. */
export interface FeatureNetworkConfig
  extends ImageRequest, FeatureTraining, ComparisonRequest {}

/** Settings of the experiment but for `data`. */
export const featureNetworkFlags: Flags<Omit<FeatureNetworkConfig, "data">> = {
  ...featureTraining,
  ...comparisonRequest,
  ...imageRequest,
};

/** From images to a network, its file, its numbers and its pictures. */
export const featureNetworkExperiment: Stage<
  FeatureNetworkConfig,
  { readonly summary: Summary }
> = pipeline<FeatureNetworkConfig>("feature-network")
  .pipe(loadMnist)
  .pipe(trainFeatures)
  .pipe(leaveFeatures)
  .pipe(compareNetworks)
  .pipe(summarizeFeatures)
  .pipe(drawFeatures)
  .give("summary");
