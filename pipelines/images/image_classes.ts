/**
 * What the labels of images mean.
 * @module
 */
import type { GreyImages, ImageClasses } from "./images.ts";

/** The ten digits. */
export const digitClasses: ImageClasses = {
  title: "digit",
  names: Array.from({ length: 10 }, (_, digit) => String(digit)),
};

/**
 * The classes of images: the ten digits where the data says nothing else.
 *
 * @param images The images.
 * @returns The name of each class; none for images without labels.
 */
export function imageClasses(
  { classes }: Pick<GreyImages, "classes">,
): ImageClasses {
  return classes ?? digitClasses;
}
