/**
 * Gradients of convolutions, and of those gradients: y is linear in the images and in the filter, and so are they.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { deflate, inflate } from "./dilation.ts";
import { gradientOf, runKernel } from "./gradient.ts";

/** The three kernels of a kind of convolution. */
interface Convolution {
  readonly forward: string;
  readonly backToInput: string;
  readonly backToFilter: string;
  /** Axes along which the filter slides. */
  readonly axes: number;
}

/** What the kernels have in common. */
export interface ConvolutionAttributes {
  readonly strides: number | readonly number[];
  readonly pad: unknown;
  readonly dataFormat?: string;
  readonly dilations?: number | readonly number[] | null;
  readonly dimRoundingMode?: string | undefined;
}

/** Gradients with respect to the images and the filter. */
export interface ConvolutionGradients {
  readonly x: () => tf.Tensor;
  readonly filter: () => tf.Tensor;
}

const CONV_2D: Convolution = {
  forward: "Conv2D",
  backToInput: "Conv2DBackpropInput",
  backToFilter: "Conv2DBackpropFilter",
  axes: 2,
};

const DEPTHWISE: Convolution = {
  forward: "DepthwiseConv2dNative",
  backToInput: "DepthwiseConv2dNativeBackpropInput",
  backToFilter: "DepthwiseConv2dNativeBackpropFilter",
  axes: 2,
};

const CONV_3D: Convolution = {
  forward: "Conv3D",
  backToInput: "Conv3DBackpropInputV2",
  backToFilter: "Conv3DBackpropFilterV2",
  axes: 3,
};

/** Gradients that are right for dilated filters too, and that have gradients themselves. */
export const convolutionGradients: readonly tf.GradConfig[] = [
  CONV_2D,
  DEPTHWISE,
  CONV_3D,
].flatMap(gradientsOf);

/** Gradients of `tf.conv2d()`, fused or not. */
export function conv2dGradients(
  dy: tf.Tensor,
  x: tf.Tensor,
  filter: tf.Tensor,
  attributes: ConvolutionAttributes,
): ConvolutionGradients {
  return backward(CONV_2D, dy, x, filter, attributes);
}

/** Gradients of `tf.depthwiseConv2d()`, fused or not. */
export function depthwiseGradients(
  dy: tf.Tensor,
  x: tf.Tensor,
  filter: tf.Tensor,
  attributes: ConvolutionAttributes,
): ConvolutionGradients {
  return backward(DEPTHWISE, dy, x, filter, attributes);
}

function backward(
  kind: Convolution,
  dy: tf.Tensor,
  x: tf.Tensor,
  filter: tf.Tensor,
  attributes: ConvolutionAttributes,
): ConvolutionGradients {
  const dilations = dilationsOf(kind, attributes);
  const dense = { ...attributes, dilations: dilations.map(() => 1) };
  return {
    x: () =>
      runKernel(
        kind.backToInput,
        { dy, filter: inflate(filter, dilations) },
        { ...dense, inputShape: x.shape },
      ),
    filter: () => {
      const filterShape = filter.shape.map((length, axis) =>
        (length - 1) * (dilations[axis] ?? 1) + 1
      );
      const whole = runKernel(
        kind.backToFilter,
        { x, dy },
        { ...dense, filterShape },
      );
      return deflate(whole, dilations);
    },
  };
}

function dilationsOf(
  { axes }: Convolution,
  { dilations }: ConvolutionAttributes,
): readonly number[] {
  const rates = dilations ?? 1; // layers of tfjs leave it null
  const list = typeof rates === "number"
    ? new Array<number>(axes).fill(rates)
    : rates;
  return list.slice(-axes); // some name all five axes of three-dimensional images
}

/** The kernels that go back see no dilation: it was taken out of the filter. */
function gradientsOf(kind: Convolution): readonly tf.GradConfig[] {
  const { forward, backToInput, backToFilter, axes } = kind;
  const dilations = new Array<number>(axes).fill(1);
  return [
    gradientOf<ConvolutionAttributes>(
      forward,
      { inputs: ["x", "filter"] },
      (dy, [x, filter], attributes) => ({
        ...backward(kind, dy, x!, filter!, attributes),
      }),
    ),
    gradientOf<ConvolutionAttributes>(
      backToInput,
      { inputs: ["dy", "filter"] },
      (ddx, [dy, filter], attributes) => ({
        dy: () =>
          runKernel(forward, { x: ddx, filter: filter! }, {
            ...attributes,
            dilations,
          }),
        filter: () =>
          runKernel(backToFilter, { x: ddx, dy: dy! }, {
            ...attributes,
            filterShape: filter!.shape,
          }),
      }),
    ),
    gradientOf<ConvolutionAttributes>(
      backToFilter,
      { inputs: ["x", "dy"] },
      (ddFilter, [x, dy], attributes) => ({
        x: () =>
          runKernel(backToInput, { dy: dy!, filter: ddFilter }, {
            ...attributes,
            inputShape: x!.shape,
          }),
        dy: () =>
          runKernel(forward, { x: x!, filter: ddFilter }, {
            ...attributes,
            dilations,
          }),
      }),
    ),
  ];
}
