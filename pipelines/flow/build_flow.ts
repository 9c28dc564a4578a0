/**
 * The stage that builds a flow over images.
 * @module
 */
import type { Owned } from "../../models/parameters/parameters.ts";
import { createRealNvp, type RealNvp } from "../../models/real_nvp.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { GreyImages } from "../images/images.ts";
import { sampleParameter } from "../training/sample_parameter.ts";
import { type FlowSizes, flowSizes } from "./flow_settings.ts";

/**
 * Builds a RealNVP for the images' size.
 *
 * @throws {RangeError} If the images are not square, or their side is no multiple of four.
 */
export const buildFlow: Stage<
  Partial<FlowSizes> & { readonly grey: GreyImages },
  { readonly flow: Owned<RealNvp> }
> = stage("build", {
  needs: ["grey"],
  settings: flowSizes,
  adds: { flow: "a density of images, with variables of its own" },
}, ({ grey: { train }, ...sizes }, { key }) => {
  const { rows, columns } = train;
  if (rows !== columns) {
    throw new RangeError(
      `Expected square images but found ${rows} x ${columns} pixels`,
    );
  }
  return {
    flow: createRealNvp({ ...sizes, side: rows }, sampleParameter(key)),
  };
});
