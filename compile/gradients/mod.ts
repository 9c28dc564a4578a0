/**
 * Gradients of TensorFlow.js that are wrong, missing or not differentiable themselves, put right for a while.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { convolutionGradients } from "./convolution.ts";
import { elementwiseGradients } from "./elementwise.ts";
import { extremeGradients } from "./extremes.ts";
import { poolingGradients } from "./pooling.ts";
import { repairTape } from "./tape.ts";
import { tile } from "./tile.ts";

const GRADIENTS: readonly tf.GradConfig[] = [
  ...convolutionGradients,
  ...elementwiseGradients,
  ...extremeGradients,
  ...poolingGradients,
  tile,
];

/** Kernels whose gradient is not that of tfjs. */
export const REPLACED_GRADIENTS: readonly string[] = GRADIENTS.map((
  { kernelName },
) => kernelName);

let isRepaired = false;

/** Runs a function in which `tf.grad()` and its like are right; it must not be asynchronous. */
export function withGradients<T>(run: () => T): T {
  if (isRepaired) return run();
  const before = GRADIENTS.map(({ kernelName }) => tf.getGradient(kernelName));
  GRADIENTS.forEach(register);
  const restoreTape = repairTape();
  isRepaired = true;
  try {
    return run();
  } finally {
    isRepaired = false;
    restoreTape();
    GRADIENTS.forEach(({ kernelName }) => tf.unregisterGradient(kernelName));
    before.forEach((gradient) => gradient && tf.registerGradient(gradient));
  }
}

function register(gradient: tf.GradConfig): void {
  if (tf.getGradient(gradient.kernelName)) {
    tf.unregisterGradient(gradient.kernelName);
  }
  tf.registerGradient(gradient);
}
