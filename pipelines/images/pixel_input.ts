/**
 * How images enter a compiled function.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { PixelImages } from "./images.ts";

/** Bytes of 0 and 1, or of 0 to 255. */
export type PixelScale = "binary" | "grey";

/** The scale of images. */
export function scaleOf(
  { binarization }: Pick<PixelImages, "binarization">,
): PixelScale {
  return binarization === "none" ? "grey" : "binary";
}

/** The type of their bytes. */
export function dtypeOf(scale: PixelScale): "bool" | "int32" {
  return scale === "binary" ? "bool" : "int32";
}

/**
 * Bytes as numbers from 0 to 1.
 *
 * @param images [batch, pixel], of the type that `dtypeOf` names.
 * @param scale Their scale.
 */
export function toUnit(images: tf.Tensor2D, scale: PixelScale): tf.Tensor2D {
  const numbers: tf.Tensor2D = images.cast("float32");
  return scale === "binary" ? numbers : numbers.div<tf.Tensor2D>(255);
}
