/**
 * The stage that leaves a flow's samples for other runs.
 * @module
 */
import type { Owned } from "../../models/parameters/parameters.ts";
import type { RealNvp } from "../../models/real_nvp.ts";
import { normal } from "../core/random/normal.ts";
import { type Stage, stage } from "../core/stage.ts";
import { count } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";
import type { GreyImages } from "../images/images.ts";
import { leaveSamples, toBytes } from "../images/left_samples.ts";
import { flowSampler } from "./flow_sampler.ts";

/** How many samples are left. */
export interface LeftFlowSamples {
  /** Images that are drawn for other runs to measure. */
  readonly leftSamples: number;
}

/** The setting of `LeftFlowSamples`, with its default and rule. */
export const leftFlowSamples: Flags<LeftFlowSamples> = {
  leftSamples: count(2000, "samples left in the run's folder for other runs", {
    smoke: 36,
  }),
};

/** Leaves samples at temperature 1. */
export const leaveFlowSamples: Stage<
  Partial<LeftFlowSamples> & {
    readonly flow: Owned<RealNvp>;
    readonly grey: GreyImages;
  },
  object
> = stage("leave-samples", {
  needs: ["flow", "grey"],
  settings: leftFlowSamples,
  adds: {},
}, async ({ flow, grey: { train }, leftSamples }, context) => {
  const { rows, columns } = train;
  using sampler = await flowSampler(flow, rows * columns, context);
  const start = performance.now();
  const noise = normal(context.key, leftSamples * rows * columns);
  const images = await sampler.imagesOf(noise);
  await leaveSamples({
    pixels: toBytes(images),
    rows,
    columns,
    made: "images of normal latents at temperature 1",
    seconds: (performance.now() - start) / 1000,
  }, context);
  return {};
});
