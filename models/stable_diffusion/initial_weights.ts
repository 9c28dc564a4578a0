/**
 * Networks in the layout of Stable Diffusion before training.
 * @module
 */
import { fanInUniform, normal, ones, zeros } from "../parameters/initials.ts";
import type { Initial, ParameterSpec } from "../parameters/parameters.ts";
import type { FileTensor, WeightSource } from "./weight_source.ts";

/** Standard deviation of the vectors of tokens and positions; Radford et al. 2021, section 2.4. */
const TABLE = 0.02;

/** Last maps of residual branches, and that of the U-Net to its prediction: they begin as zero. */
const LAST = /(^|\.)conv2\.weight$|\.proj_out\.weight$|^conv_out\.weight$/;

/**
 * Declares parameters where a file would give weights, so that the networks of Stable Diffusion can be trained anew.
 *
 * Maps begin uniform within 1 / sqrt(inputs), biases at zero, norms as plain normalizations, and every residual branch
 * of convolutions or attention as zero.
 */
export const initialWeights: WeightSource<ParameterSpec> = {
  take: (tensor) => ({
    shape: shapeOf(tensor),
    initial: initialOf(tensor),
  }),
};

/** The shape as TensorFlow.js wants it. */
function shapeOf({ shape, layout }: FileTensor): readonly number[] {
  if (layout === "plain") return shape;
  const [outputs, inputs, ...sides] = shape;
  return [...sides, inputs!, outputs!]; // maps have both
}

function initialOf({ names: [name = ""], shape, layout }: FileTensor): Initial {
  if (layout === "plain") {
    if (shape.length > 1) return normal(TABLE);
    return name.endsWith(".bias") ? zeros : ones;
  }
  if (LAST.test(name)) return zeros;
  const [, ...inputs] = shape;
  return fanInUniform(inputs.reduce((product, axis) => product * axis, 1));
}
