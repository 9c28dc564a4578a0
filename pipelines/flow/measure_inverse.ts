/**
 * The stage that goes through a flow over images and back.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import { chain } from "../../models/flows/bijector.ts";
import { logit } from "../../models/flows/logit.ts";
import type { Owned } from "../../models/parameters/parameters.ts";
import type { RealNvp } from "../../models/real_nvp.ts";
import { type Stage, stage } from "../core/stage.ts";
import { only } from "../core/task/flags.ts";
import type { GreyImages } from "../images/images.ts";
import { firstImages } from "../images/first_images.ts";
import { imageBlocks } from "../images/image_blocks.ts";
import { type FlowSizes, flowSizes } from "./flow_settings.ts";
import { sampleNoise } from "./sample_noise.ts";

/** How well a flow over images is undone in single precision. */
export interface Invertibility {
  /** The largest error of a pixel's logit. */
  readonly largestError: number;
  /** Share of grey levels that are the same after rounding. */
  readonly sameGreyLevels: number;
  /** Numbers that are learned. */
  readonly parameters: number;
}

/** Images that are sent through and back. */
const IMAGES = 64;

/** Sends the first test images through the flow and back. */
export const measureInverse: Stage<
  Partial<Pick<FlowSizes, "margin">> & {
    readonly flow: Owned<RealNvp>;
    readonly grey: GreyImages;
  },
  { readonly inverse: Invertibility }
> = stage("inverse", {
  needs: ["flow", "grey"],
  settings: only(flowSizes, "margin"),
  adds: { inverse: "the largest error, and the grey levels that come back" },
}, async ({ flow, grey: { test }, margin }, context) => {
  const pixels = test.rows * test.columns;
  const toLogits = logit(margin);
  const after = flow.layers.findIndex(({ name }) => name === "logit") + 1;
  const rest = chain(flow.layers.slice(after).map(({ bijector }) => bijector));
  using step = await compile(({ images, noise }) => {
    const levels = images.cast<tf.Tensor2D>("float32");
    const { value } = flow.dequantization.apply(levels, noise);
    const logits = toLogits.forward(value).value;
    const shape = [IMAGES, test.rows, test.columns, 1];
    const latents = rest.forward(logits.reshape(shape)).value;
    const back = rest.inverse(latents).reshape([IMAGES, pixels]);
    const grey = toLogits.inverse(back).mul(256).floor();
    return {
      error: back.sub(logits).abs().max(),
      same: grey.equal(levels).cast("float32").mean(),
    };
  }, {
    inputs: {
      images: { shape: [IMAGES, pixels], dtype: "int32" },
      noise: { shape: [IMAGES, pixels] },
    },
    device: context.device,
    threads: context.threads,
  });
  const { noise: kind } = flow.dequantization;
  const noise = sampleNoise(kind, context.key, IMAGES * pixels);
  const [block] = imageBlocks(firstImages(test, IMAGES), IMAGES);
  const found = await step.run({ images: block!.pixels, noise }); // at least one image
  return {
    inverse: {
      largestError: found.error.item(),
      sameGreyLevels: found.same.item(),
      parameters: Object.values(flow.variables)
        .reduce((sum, { size }) => sum + size, 0),
    },
  };
});
