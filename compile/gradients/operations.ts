/**
 * Gradients of operations that TensorFlow.js composes of several kernels, or gives a custom gradient, where these are
 * wrong, missing, or not finite though the derivative is.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import {
  conv2dGradients,
  type ConvolutionAttributes,
  type ConvolutionGradients,
  depthwiseGradients,
} from "./convolution.ts";
import { type InputGradients, sumTo } from "./gradient.ts";

type Tensors = Readonly<Record<string, tf.Tensor>>;

/** A gradient for one operation that was run. */
export interface OperationGradient {
  /** What is kept for it. */
  readonly saves: readonly tf.Tensor[];
  readonly compute: (
    dy: tf.Tensor,
    saved: readonly tf.Tensor[],
  ) => InputGradients;
}

/** The kernel inside an operation with a custom gradient. */
export interface InnerKernel {
  readonly kernel: string | undefined;
  readonly attributes: tf.NamedAttrMap | undefined;
}

/**
 * The gradient for an operation, in place of that of tfjs.
 *
 * @param kernel The kernel, or the function of tfjs around a custom gradient.
 * @param scopes The functions of tfjs that it is part of.
 * @returns `undefined` where that of tfjs is kept; "constant" where no gradient flows.
 */
export function operationGradient(
  kernel: string,
  scopes: readonly string[],
  inputs: Tensors,
  inner: InnerKernel,
): OperationGradient | "constant" | undefined {
  switch (kernel) {
    case "Sqrt":
      return scopes.includes("norm__op") ? rootOfNorm(inputs) : undefined;
    case "RealDiv":
      return scopes.includes("divNoNan__op") ? safeQuotient(inputs) : undefined;
    case "Max": // log sum exp(x - m) + m is the same for all m
      return scopes.includes("logSumExp__op") ? "constant" : undefined;
    case "softmaxCrossEntropy__op":
      return crossEntropy(inputs);
    case "fusedConv2d__op":
      return fusedConvolution(conv2dGradients, inputs, inner);
    case "fusedDepthwiseConv2d__op":
      return fusedConvolution(depthwiseGradients, inputs, inner);
    default:
      return undefined;
  }
}

/** The gradient of a norm is 0 at 0, in the middle of its subgradients; there, that of a root is infinite. */
function rootOfNorm({ x }: Tensors): OperationGradient {
  return {
    saves: [x!],
    compute: (dy, [x]) => ({
      x: () => {
        const isZero = tf.equal(x!, 0);
        const root = tf.sqrt(tf.where(isZero, 1, x!));
        return tf.where(isZero, 0, tf.div(dy, tf.mul(root, 2)));
      },
    }),
  };
}

/** a / b, and 0 where b = 0. */
function safeQuotient({ a, b }: Tensors): OperationGradient {
  return {
    saves: [a!, b!],
    compute: (dy, [a, b]) => {
      const isZero = tf.equal(b!, 0);
      const reciprocal = tf.where(
        isZero,
        0,
        tf.div(1, tf.where(isZero, 1, b!)),
      );
      const slope = tf.mul(dy, reciprocal);
      return {
        a: () => sumTo(slope, a!.shape),
        b: () => sumTo(tf.neg(tf.mul(tf.mul(slope, a!), reciprocal)), b!.shape),
      };
    },
  };
}

/** Gradient of - sum over c of labels[c] log softmax(logits)[c], for labels of any sum. */
function crossEntropy(inputs: Tensors): OperationGradient {
  const { 0: labels, 1: logits } = inputs;
  return {
    saves: [labels!, logits!],
    compute: (dy, [labels, logits]) => {
      const column = tf.expandDims(dy, -1);
      return {
        0: () => tf.neg(tf.mul(column, tf.logSoftmax(logits!))),
        1: () => {
          const expected = tf.mul(
            tf.softmax(logits!),
            tf.sum(labels!, -1, true),
          );
          return tf.mul(column, tf.sub(expected, labels!));
        },
      };
    },
  };
}

/** Fused with a bias; with an activation, tfjs does not fuse where it differentiates. */
function fusedConvolution(
  gradients: (
    dy: tf.Tensor,
    x: tf.Tensor,
    filter: tf.Tensor,
    attributes: ConvolutionAttributes,
  ) => ConvolutionGradients,
  inputs: Tensors,
  { attributes }: InnerKernel,
): OperationGradient {
  const { 0: x, 1: filter, 2: bias } = inputs;
  const sliding = attributes as unknown as ConvolutionAttributes; // of a fused convolution
  return {
    saves: [x!, filter!, ...bias ? [bias] : []],
    compute: (dy, [x, filter, bias]) => {
      const images = dy.rank === 3 ? tf.expandDims(dy, 0) : dy;
      const { x: toImages, filter: toFilter } = gradients(
        images,
        x!,
        filter!,
        sliding,
      );
      return {
        0: toImages,
        1: toFilter,
        2: () => {
          const isLast = sliding.dataFormat !== "NCHW";
          const last = isLast ? images : tf.transpose(images, [0, 2, 3, 1]);
          return sumTo(last, bias!.shape);
        },
      };
    },
  };
}
