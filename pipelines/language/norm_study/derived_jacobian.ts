/**
 * The derivative of a layer of attention as the chain rule writes it.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { attention } from "../../../models/layers/attention.ts";
import { layerNorm } from "../../../models/layers/layer_norm.ts";
import { causalMask } from "../../../models/layers/mask.ts";
import type { Normalization } from "../../../models/layers/residual.ts";
import type { OwnedSequenceModel } from "../../text/sequence_model.ts";
import { jacobian, multiply, plusIdentity } from "./jacobian.ts";

/** What is not seen in the weights. */
export interface AttentionLayer {
  /** Heads of attention. */
  readonly heads: number;
  /** Where the layer norm stands. */
  readonly normalization: Normalization;
}

/**
 * Puts the derivative of a layer together: 1 + (dA/dy)(dy/dx) with y = norm(x) for `pre`, and
 * (dnorm/dy)(1 + dA/dx) with y = x + A(x) for `post`.
 *
 * @param model The model, whose layers are attention alone.
 * @param weights How the names of the layer's weights begin.
 * @param x What enters, [1, position, width].
 * @param layer What else the layer is.
 * @returns dx_l / dx_{l-1}, row by row.
 */
export function derivedJacobian(
  { variables }: OwnedSequenceModel,
  weights: string,
  x: tf.Tensor,
  { heads, normalization }: AttentionLayer,
): Float32Array {
  const read = (name: string) => variables[`${weights}attention/${name}`]!; // as the model names them
  const affine = (name: string) => ({
    weight: read(`sublayer/${name}/weight`),
    bias: read(`sublayer/${name}/bias`),
  });
  const parameters = {
    query: affine("query"),
    key: { weight: read("sublayer/key/weight") },
    value: affine("value"),
    output: affine("output"),
  };
  const mask = causalMask(x.shape[1]!); // rank 3
  const attend = (x: tf.Tensor) =>
    attention(x, x, parameters, { heads, mask }).y;
  const norm = { scale: read("norm/scale"), shift: read("norm/shift") };
  const normalize = (x: tf.Tensor) => layerNorm(x, norm);
  if (normalization === "pre") {
    const ofAttention = jacobian(attend, normalize(x));
    return plusIdentity(multiply(ofAttention, jacobian(normalize, x)));
  }
  const ofNorm = jacobian(normalize, x.add(attend(x)));
  return multiply(ofNorm, plusIdentity(jacobian(attend, x)));
}
