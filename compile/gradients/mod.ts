/**
 * Gradients of TensorFlow.js that are wrong, missing or not differentiable themselves, put right for a while.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { batchNorm } from "./batch_norm.ts";
import { depthToSpace } from "./blocks.ts";
import { convolutionGradients } from "./convolution.ts";
import { einsum } from "./einsum.ts";
import { elementwiseGradients } from "./elementwise.ts";
import { extremeGradients } from "./extremes.ts";
import { layoutGradients } from "./layout.ts";
import { poolingGradients } from "./pooling.ts";
import { reductionGradients } from "./reduction.ts";
import { resizeGradients } from "./resize.ts";
import { localResponse } from "./response.ts";
import { selectionGradients } from "./selection.ts";
import { repairTape } from "./tape.ts";

/** To be registered in place of those of tfjs. */
export const GRADIENTS: readonly tf.GradConfig[] = [
  batchNorm,
  depthToSpace,
  localResponse,
  ...convolutionGradients,
  einsum,
  ...elementwiseGradients,
  ...extremeGradients,
  ...layoutGradients,
  ...poolingGradients,
  ...reductionGradients,
  ...resizeGradients,
  ...selectionGradients,
];

let isRepaired = false;

/** Runs a function in which `tf.grad()` and its like are right; it must not be asynchronous. */
export function withGradients<T>(run: () => T): T {
  if (isRepaired) return run();
  isRepaired = true;
  const undo = [...GRADIENTS.map(replace), repairTape()];
  try {
    return run();
  } finally {
    undo.forEach((restore) => restore());
    isRepaired = false;
  }
}

function replace(gradient: tf.GradConfig): () => void {
  const before = tf.getGradient(gradient.kernelName);
  if (before) tf.unregisterGradient(gradient.kernelName);
  tf.registerGradient(gradient);
  return () => {
    tf.unregisterGradient(gradient.kernelName);
    if (before) tf.registerGradient(before);
  };
}
