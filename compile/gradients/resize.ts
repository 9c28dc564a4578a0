/**
 * Gradients of resized images: a resized image is linear in the image, so that each pixel gets its shares back.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import {
  type AxisResize,
  linearNeighbours,
  nearestNeighbour,
} from "../resize_map.ts";
import { gradientOf } from "./gradient.ts";

/** Gradients of resizing; tfjs's own ignore half pixels, and have no second derivative. */
export const resizeGradients: readonly tf.GradConfig[] = [
  gradient("ResizeBilinear", (axis) => {
    const { first, second, share } = linearNeighbours(axis);
    return Array.from({ length: axis.to }, (_, i) => [
      [first[i]!, 1 - share[i]!] as const, // one of each for each new pixel
      [second[i]!, share[i]!] as const,
    ]);
  }),
  gradient(
    "ResizeNearestNeighbor",
    (axis) => nearestNeighbour(axis).map((place) => [[place, 1] as const]),
  ),
];

/** For each new pixel, the old ones it is made of, with their shares. */
type SharesOf = (
  axis: AxisResize,
) => readonly (readonly (readonly [place: number, share: number])[])[];

function gradient(kernel: string, sharesOf: SharesOf): tf.GradConfig {
  return gradientOf<tf.ResizeBilinearAttrs>(
    kernel,
    { inputs: ["images"] },
    (dy, [images], { alignCorners, halfPixelCenters }) => ({
      images: () => {
        const [batch, height, width, channels] = images!.shape;
        const [, newHeight, newWidth] = dy.shape;
        const weights = (from: number, to: number) => {
          const axis = { from, to, alignCorners, halfPixelCenters };
          const matrix = new Float32Array(from * to);
          sharesOf(axis).forEach((shares, i) => {
            for (const [place, share] of shares) {
              matrix[place * to + i]! += share;
            }
          });
          return tf.tensor3d(matrix, [1, from, to]);
        };
        const down = tf.matMul(
          weights(height!, newHeight!), // images have four axes
          tf.reshape(dy, [batch!, newHeight!, newWidth! * channels!]),
        );
        const rows = tf.reshape(down, [batch! * height!, newWidth!, channels!]);
        const across = tf.matMul(weights(width!, newWidth!), rows);
        return tf.reshape(across, images!.shape);
      },
    }),
  );
}
