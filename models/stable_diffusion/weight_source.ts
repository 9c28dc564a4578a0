/**
 * The weights of a published model, by the names and shapes of its files.
 * @module
 */
import type { ConvolutionParameters } from "../layers/convolution.ts";
import type { GroupNormParameters } from "../unet/group_norm.ts";
import type { LinearParameters } from "../layers/linear.ts";

/** How the numbers of a file are laid out, and how TensorFlow.js wants them. */
export type Layout =
  /** [output, input, height, width] in the file. */
  | "convolution"
  /** [output, input], or [output, input, 1, 1], in the file. */
  | "linear"
  /** As in the file. */
  | "plain";

/** One tensor of a file. */
export interface FileTensor {
  /** Name in the file, or names that it also had, in order of preference. */
  readonly names: readonly string[];
  /** Shape in the file; of a linear map without axes of length 1 at its end. */
  readonly shape: readonly number[];
  /** What it is. */
  readonly layout: Layout;
  /** How many positions use it in one pass, for estimates of time. */
  readonly places: number;
}

/**
 * Where weights come from: files, or nowhere where they are only counted.
 *
 * @typeParam P What stands for a tensor.
 */
export interface WeightSource<P> {
  /** Takes one tensor; throws a `RangeError` that names it where it is missing or has another shape. */
  readonly take: (tensor: FileTensor) => P;
  /** Is told of products that have no weights, in multiplications: those of attention. */
  readonly products?: (count: number) => void;
}

/** The sizes of a map. */
export interface MapSizes {
  /** Taken. */
  readonly inputs: number;
  /** Given. */
  readonly outputs: number;
  /** Positions of one pass. */
  readonly places: number;
}

/** Takes a convolution with its bias. */
export function takeConvolution<P>(
  { take }: WeightSource<P>,
  path: string,
  { inputs, outputs, places, side = 3 }: MapSizes & { readonly side?: number },
): ConvolutionParameters<P> {
  return {
    filter: take({
      names: [`${path}.weight`],
      shape: [outputs, inputs, side, side],
      layout: "convolution",
      places,
    }),
    bias: takeVector({ take }, `${path}.bias`, outputs, places),
  };
}

/** Takes a linear map, with its bias unless it has none. */
export function takeLinear<P>(
  { take }: WeightSource<P>,
  path: string | readonly string[],
  { inputs, outputs, places }: MapSizes,
  bias: "bias" | "no bias" = "bias",
): LinearParameters<P> {
  const paths = typeof path === "string" ? [path] : path;
  return {
    weight: take({
      names: paths.map((one) => `${one}.weight`),
      shape: [outputs, inputs],
      layout: "linear",
      places,
    }),
    ...bias === "no bias" ? {} : {
      bias: take({
        names: paths.map((one) => `${one}.bias`),
        shape: [outputs],
        layout: "plain",
        places,
      }),
    },
  };
}

/** Takes scale and shift of a norm. */
export function takeNorm<P>(
  { take }: WeightSource<P>,
  path: string,
  channels: number,
  places: number,
): GroupNormParameters<P> {
  return {
    scale: takeVector({ take }, `${path}.weight`, channels, places),
    shift: takeVector({ take }, `${path}.bias`, channels, places),
  };
}

function takeVector<P>(
  { take }: Pick<WeightSource<P>, "take">,
  name: string,
  length: number,
  places: number,
): P {
  return take({ names: [name], shape: [length], layout: "plain", places });
}
