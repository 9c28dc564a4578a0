/**
 * Flows over the plane, which learn densities whose entropy is known.
 * @module
 */
import { forEach } from "../../core/for_each.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import type { Flags } from "../../core/task/flags.ts";
import type { FlowTraining } from "../flow_settings.ts";
import { drawPlane } from "./draw_plane.ts";
import { measurePlaneFlow } from "./measure_plane_flow.ts";
import type { PlaneCase } from "./plane_case.ts";
import {
  type PlaneChoice,
  planeChoice,
  type PlaneMeasures,
  planeMeasures,
  type PlaneSizes,
  planeSizes,
  planeTraining,
} from "./plane_settings.ts";
import type { PlaneTargetName } from "./plane_targets.ts";
import { summarizePlane } from "./summarize_plane.ts";
import { trainPlaneFlow } from "./train_plane_flow.ts";

/** What shapes each of the flows. */
export type EachFlow = PlaneSizes & FlowTraining & PlaneMeasures;

/** Everything that shapes the experiment. */
export type FlowPlaneConfig = PlaneChoice & EachFlow;

const eachFlow: Flags<EachFlow> = {
  ...planeSizes,
  ...planeTraining,
  ...planeMeasures,
};

/** Settings of the experiment. */
export const flowPlaneFlags: Flags<FlowPlaneConfig> = {
  ...planeChoice,
  ...eachFlow,
};

const learnTargets: Stage<
  Partial<FlowPlaneConfig>,
  { readonly planeCases: readonly PlaneCase[] }
> = forEach("targets", {
  needs: [],
  settings: flowPlaneFlags,
  adds: { planeCases: "what was found of each density" },
  cases: ({ targets, ...input }) =>
    targets.map((target) => ({ name: target, input: { ...input, target } })),
  stage: pipeline<EachFlow & { readonly target: PlaneTargetName }>("target")
    .pipe(trainPlaneFlow)
    .pipe(measurePlaneFlow)
    .give("planeCase"),
  collect: (results) => ({
    planeCases: results.map(({ out }) => out.planeCase),
  }),
});

/** From nothing but a key to the numbers and pictures of learned densities. */
export const flowPlaneExperiment: Stage<
  FlowPlaneConfig,
  { readonly summary: Summary }
> = pipeline<FlowPlaneConfig>("flow-plane")
  .pipe(learnTargets)
  .pipe(summarizePlane)
  .pipe(drawPlane)
  .give("summary");
