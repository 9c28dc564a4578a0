/**
 * How to speak of what the fixed network sees, which knows MNIST's digits alone.
 * @module
 */
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { digitClasses, imageClasses } from "../image_classes.ts";
import type { GreyImages } from "../images.ts";

/** Words for sentences and figures. */
export interface FeatureWords {
  /** What the images show. */
  readonly things: "digits" | "images";
  /** Whether the classes that the network finds are those of the images. */
  readonly classes: "known" | "unknown";
  /** The images to which distances are measured. */
  readonly reference: "test images" | "MNIST's test images";
  /** A sentence about the features, where the images are no digits; else empty. */
  readonly note: string;
}

/** The words for MNIST. */
export const mnistWords: FeatureWords = {
  things: "digits",
  classes: "known",
  reference: "test images",
  note: "",
};

/**
 * Chooses the words for some images.
 *
 * @param images The images.
 * @param dataset Where they are from.
 * @returns The words.
 */
export function featureWords(
  images: Pick<GreyImages, "classes">,
  { name }: Pick<DatasetInfo, "name">,
): FeatureWords {
  if (name === "mnist") return mnistWords;
  const reference = "MNIST's test images";
  if (imageClasses(images).title === digitClasses.title) {
    return { ...mnistWords, reference };
  }
  return {
    things: "images",
    classes: "unknown",
    reference,
    note:
      "Features are those of a network that knows MNIST's digits alone: distances compare models of the same data, and are no measure of it.",
  };
}
