/**
 * Stages that refuse what could not be drawn or measured, before any training.
 * @module
 */
import { noiseSchedule } from "../../models/diffusion/noise_schedule.ts";
import { type Stage, stage } from "../core/stage.ts";
import { imageClasses } from "../images/image_classes.ts";
import {
  type Checked,
  checkedEntry,
  checkMeasurable,
} from "../images/features/check_measurable.ts";
import {
  type FeatureSource,
  featureSource,
  readFeatureSource,
} from "../images/features/feature_source.ts";
import type { GreyImages } from "../images/images.ts";
import type { DiffusionSizes } from "./diffusion_model.ts";
import { samplerByName, type SamplerName } from "./samplers_by_name.ts";

/** Classes of the network. */
const MOST_CLASSES = 10;

type Sizes = Pick<DiffusionSizes, "timesteps" | "schedule"> & {
  readonly grey: GreyImages;
};

type Request = Sizes & Partial<FeatureSource>;

/** Refuses a sampler that has no such steps on the chain, and images or a network that cannot be measured or measure. */
export const checkSampler: Stage<
  Request & { readonly sampler: SamplerName; readonly steps: number },
  Checked
> = stage("check", {
  needs: ["grey", "timesteps", "schedule", "sampler", "steps"],
  settings: featureSource,
  adds: checkedEntry,
}, async ({ sampler, steps, featureNetwork, ...sizes }) => {
  check(sizes, [sampler], [steps]);
  await readFeatureSource({ featureNetwork });
  return { isChecked: true };
});

/** Refuses samplers that have no such steps on the chain, and images or a network that cannot be measured or measure. */
export const checkSamplers: Stage<
  Request & {
    readonly samplers: readonly SamplerName[];
    readonly stepCounts: readonly number[];
  },
  Checked
> = stage("check", {
  needs: ["grey", "timesteps", "schedule", "samplers", "stepCounts"],
  settings: featureSource,
  adds: checkedEntry,
}, async ({ samplers, stepCounts, featureNetwork, ...sizes }) => {
  check(sizes, samplers, stepCounts);
  await readFeatureSource({ featureNetwork });
  return { isChecked: true };
});

function check(
  { grey, timesteps, schedule }: Sizes,
  samplers: readonly SamplerName[],
  stepCounts: readonly number[],
): void {
  const { names } = imageClasses(grey);
  if (names.length > MOST_CLASSES) {
    throw new RangeError(
      `Expected at most ${MOST_CLASSES} classes, which the network takes, but found ${names.length}`,
    );
  }
  checkMeasurable(grey);
  const made = noiseSchedule(schedule, timesteps);
  for (const sampler of samplers) {
    for (const steps of stepCounts) samplerByName(sampler, made, steps);
  }
}
