/**
 * A network that measures samples, trained here: `deno task feature-network`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type FeatureNetworkConfig,
  featureNetworkExperiment,
  featureNetworkFlags,
} from "../../pipelines/features/feature_network.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<FeatureNetworkConfig>({
  name: "feature-network",
  about:
    "Trains a classifier whose features measure samples, and compares its Fréchet distances with those of the package's network.",
  flags: featureNetworkFlags,
  pipeline: featureNetworkExperiment,
  highlights: [
    ...["test/accuracy", "validation/accuracy", "train/accuracy"],
    ...["real/*", "halves/*", "agreement/*"],
  ],
  units: {
    own: "squared units of the features",
    packaged: "squared units of the features",
    sameOrder: "pairs",
  },
  examples: [
    "deno task feature-network --smoke",
    "deno task feature-network --data mnist",
  ],
});

if (import.meta.main) await main(task);
