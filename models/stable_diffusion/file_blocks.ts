/**
 * The blocks that U-Net and autoencoder of Stable Diffusion share, with the weights of their files.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { AttentionParameters } from "../layers/attention.ts";
import type { ConvolutionParameters } from "../layers/convolution.ts";
import { sameConvolution } from "../unet/same_convolution.ts";
import { doubleByRepeating } from "../unet/resample.ts";
import type { ResidualBlockParameters } from "../unet/residual_block.ts";
import {
  takeConvolution,
  takeLinear,
  takeNorm,
  type WeightSource,
} from "./weight_source.ts";

/** Takes a residual block; of the autoencoder without time. */
export function takeResidual<P>(
  source: WeightSource<P>,
  path: string,
  { inputs, outputs, time, places }: {
    readonly inputs: number;
    readonly outputs: number;
    readonly time?: number;
    readonly places: number;
  },
): ResidualBlockParameters<P> {
  return {
    firstNorm: takeNorm(source, `${path}.norm1`, inputs, places),
    first: takeConvolution(source, `${path}.conv1`, {
      inputs,
      outputs,
      places,
    }),
    ...time === undefined ? {} : {
      time: takeLinear(source, `${path}.time_emb_proj`, {
        inputs: time,
        outputs,
        places: 1,
      }),
    },
    secondNorm: takeNorm(source, `${path}.norm2`, outputs, places),
    second: takeConvolution(source, `${path}.conv2`, {
      inputs: outputs,
      outputs,
      places,
    }),
    ...inputs === outputs ? {} : {
      shortCut: takeLinear(source, `${path}.conv_shortcut`, {
        inputs,
        outputs,
        places,
      }),
    },
  };
}

/** What attention looks from and at. */
export interface AttentionSizes {
  /** Length of the vectors that look. */
  readonly width: number;
  /** Length of the vectors that are looked at. */
  readonly source: number;
  /** Positions that look, and that are looked at. */
  readonly places: readonly [target: number, source: number];
}

/**
 * Takes an attention.
 *
 * The bias of the keys, where a file has one, is left there: it adds the same to all scores of a row.
 */
export function takeAttention<P>(
  weights: WeightSource<P>,
  names: Readonly<
    Record<"query" | "key" | "value" | "output", string | readonly string[]>
  >,
  { width, source, places: [target, seen] }: AttentionSizes,
  bias: "bias" | "no bias",
): AttentionParameters<P> {
  weights.products?.(2 * target * seen * width);
  const of = (inputs: number, places: number) => ({
    inputs,
    outputs: width,
    places,
  });
  return {
    query: takeLinear(weights, names.query, of(width, target), bias),
    key: takeLinear(weights, names.key, of(source, seen), "no bias"),
    value: takeLinear(weights, names.value, of(source, seen), bias),
    output: takeLinear(weights, names.output, of(width, target)),
  };
}

/**
 * A convolution of 3 x 3 at every other place.
 *
 * `both` pads one place on every side, as the U-Net of Stable Diffusion does; `after` one place on the right and below,
 * as its autoencoder does.
 */
export function halveByConvolution(
  x: tf.Tensor4D,
  { filter, bias }: ConvolutionParameters,
  padding: "both" | "after",
): tf.Tensor4D {
  const before = padding === "both" ? 1 : 0;
  const padded = tf.pad4d(x, [[0, 0], [before, 1], [before, 1], [0, 0]]);
  const [height, width, inputs, outputs] = filter.shape;
  const kernel = filter.as4D(height!, width!, inputs!, outputs!); // rank 4, as declared
  return tf.conv2d(padded, kernel, 2, "valid").add(bias);
}

/** Twice the sides, then a convolution of 3 x 3. */
export function doubleByConvolution(
  x: tf.Tensor4D,
  parameters: ConvolutionParameters,
): tf.Tensor4D {
  return sameConvolution(doubleByRepeating(x), parameters);
}
