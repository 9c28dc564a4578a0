/**
 * RealNVP on images of 256 grey levels.
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
import { buildFlow } from "./build_flow.ts";
import { drawFlowSamples } from "./draw_flow_samples.ts";
import { drawFlowTraining } from "./draw_flow_training.ts";
import { drawInterpolations } from "./draw_interpolations.ts";
import { evaluateFlow } from "./evaluate_flow.ts";
import {
  type FlowMeasures,
  flowMeasures,
  type FlowPictures,
  flowPictures,
  type FlowSizes,
  flowSizes,
  type FlowTraining,
  flowTraining,
} from "./flow_settings.ts";
import {
  leaveFlowSamples,
  type LeftFlowSamples,
  leftFlowSamples,
} from "./leave_flow_samples.ts";
import { measureInverse } from "./measure_inverse.ts";
import { summarizeFlow } from "./summarize_flow.ts";
import { trainFlow } from "./train_flow.ts";

/** Everything that shapes the experiment. */
export interface FlowMnistConfig
  extends
    ImageRequest,
    FlowSizes,
    FlowTraining,
    FlowMeasures,
    FlowPictures,
    LeftFlowSamples {}

/** Settings of the experiment but for `data`. */
export const flowMnistFlags: Flags<Omit<FlowMnistConfig, "data">> = {
  ...flowSizes,
  ...flowTraining,
  ...flowMeasures,
  ...flowPictures,
  ...leftFlowSamples,
  ...imageRequest,
};

/** From images to a trained flow, its bits per dimension and its pictures. */
export function flowMnistExperiment(
  name: string,
): Stage<FlowMnistConfig, { readonly summary: Summary }> {
  return pipeline<FlowMnistConfig>(name)
    .pipe(loadMnist)
    .pipe(buildFlow)
    .pipe(trainFlow)
    .pipe(evaluateFlow)
    .pipe(measureInverse)
    .pipe(summarizeFlow)
    .pipe(leaveFlowSamples)
    .pipe(drawFlow)
    .give("summary");
}

/** The pictures of a flow over images. */
export const drawFlow: Stage<
  & InputOf<typeof drawFlowSamples>
  & InputOf<typeof drawInterpolations>
  & InputOf<typeof drawFlowTraining>,
  object
> = pipeline<
  & InputOf<typeof drawFlowSamples>
  & InputOf<typeof drawInterpolations>
  & InputOf<typeof drawFlowTraining>
>("draw")
  .pipe(drawFlowTraining)
  .pipe(drawFlowSamples)
  .pipe(drawInterpolations);
