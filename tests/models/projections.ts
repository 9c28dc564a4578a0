import type * as tf from "@tensorflow/tfjs";
import { wave } from "../golden/waves.ts";

/** Inner products of a gradient with three waves, as in `golden/transformer.py`. */
export function projections(gradient: tf.Tensor): number[] {
  return [0.5, 1.9, 3.1].map((phase) =>
    gradient.mul(wave(gradient.shape, phase)).sum().dataSync()[0]! // a scalar
  );
}
