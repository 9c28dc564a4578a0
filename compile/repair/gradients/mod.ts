/**
 * Gradients of TensorFlow.js that are wrong, missing or not differentiable themselves, put right.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { batchNorm } from "./batch_norm.ts";
import { convolutionGradients } from "./convolution.ts";
import { einsum } from "./einsum.ts";
import { elementwiseGradients } from "./elementwise.ts";
import { extremeGradients } from "./extremes.ts";
import { layoutGradients } from "./layout.ts";
import { poolingGradients } from "./pooling.ts";
import { reductionGradients } from "./reduction.ts";
import { selectionGradients } from "./selection.ts";

/** To be registered in place of those of tfjs. */
export const GRADIENTS: readonly tf.GradConfig[] = [
  batchNorm,
  ...convolutionGradients,
  einsum,
  ...elementwiseGradients,
  ...extremeGradients,
  ...layoutGradients,
  ...poolingGradients,
  ...reductionGradients,
  ...selectionGradients,
];
