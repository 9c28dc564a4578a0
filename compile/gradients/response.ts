/**
 * The gradient of channels normalized by their neighbours.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { neighbourBand } from "../neighbour_band.ts";
import { gradientOf } from "./gradient.ts";

/**
 * Gradient of y = x n^-beta with n = bias + alpha B x^2 and B the symmetric band of neighbours:
 * dx = dy n^-beta - 2 alpha beta x B (dy x n^(-beta - 1)). That of tfjs has no gradient.
 */
export const localResponse: tf.GradConfig = gradientOf<tf.LRNAttrs>(
  "LRN",
  { inputs: ["x"] },
  (dy, [x], { depthRadius, bias, alpha, beta }) => ({
    x: () => {
      const channels = x!.shape[3]!; // images have four axes
      const band = tf.tensor2d(
        neighbourBand(channels, depthRadius),
        [channels, channels],
      );
      const around = (values: tf.Tensor) => {
        const rows = tf.reshape(values, [-1, channels]);
        return tf.reshape(tf.matMul(rows, band), x!.shape);
      };
      const norm = tf.add(tf.mul(around(tf.square(x!)), alpha), bias);
      const power = tf.pow(norm, -beta);
      const shared = around(tf.mul(tf.mul(dy, x!), tf.div(power, norm)));
      return tf.sub(
        tf.mul(dy, power),
        tf.mul(tf.mul(shared, x!), 2 * alpha * beta),
      );
    },
  }),
);
