/**
 * TensorFlow.js with its gradients, and some kernels of its cpu backend, put right for a while.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { GRADIENTS } from "./gradients/mod.ts";
import { repairTape } from "./gradients/tape.ts";
import { einsum } from "./kernels/einsum.ts";
import { tensorScatterUpdate } from "./kernels/tensor_scatter_update.ts";

const KERNELS: readonly tf.KernelConfig[] = [einsum, tensorScatterUpdate];

let isRepaired = false;

/** Runs a function in which TensorFlow.js is right; it must not be asynchronous. */
export function withRepairs<T>(run: () => T): T {
  if (isRepaired) return run();
  isRepaired = true;
  const undo = [
    ...GRADIENTS.map(replaceGradient),
    ...KERNELS.map(replaceKernel),
    repairTape(),
  ];
  try {
    return run();
  } finally {
    undo.forEach((restore) => restore());
    isRepaired = false;
  }
}

function replaceGradient(gradient: tf.GradConfig): () => void {
  const before = tf.getGradient(gradient.kernelName);
  if (before) tf.unregisterGradient(gradient.kernelName);
  tf.registerGradient(gradient);
  return () => {
    tf.unregisterGradient(gradient.kernelName);
    if (before) tf.registerGradient(before);
  };
}

function replaceKernel(kernel: tf.KernelConfig): () => void {
  const { kernelName, backendName } = kernel;
  const before = tf.getKernel(kernelName, backendName);
  tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel(kernel);
  return () => {
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel(before);
  };
}
