/**
 * The gradient of blocks of channels moved to pixels.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { gradientOf } from "./gradient.ts";

/** Moves them back. */
export const depthToSpace: tf.GradConfig = gradientOf<tf.DepthToSpaceAttrs>(
  "DepthToSpace",
  {},
  (dy, _, { blockSize, dataFormat }) => ({
    x: () => {
      const isLast = dataFormat === "NHWC";
      const pixels = isLast ? dy : tf.transpose(dy, [0, 2, 3, 1]);
      const [batch, height, width, depth] = pixels.shape;
      const [rows, columns] = [height! / blockSize, width! / blockSize]; // images have four axes
      const blocks = tf.reshape(pixels, [
        batch!,
        rows,
        blockSize,
        columns,
        blockSize,
        depth!,
      ]);
      const moved = tf.reshape(
        tf.transpose(blocks, [0, 1, 3, 2, 4, 5]),
        [batch!, rows, columns, blockSize ** 2 * depth!],
      );
      return isLast ? moved : tf.transpose(moved, [0, 3, 1, 2]);
    },
  }),
);
