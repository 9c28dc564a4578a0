/**
 * Images as the stages hand them on: bytes, not tensors.
 * @module
 */
import type { Key } from "../core/random/key.ts";

/** Images of one split, with their classes. */
export interface ImageSplit {
  /** Row by row, image after image, [count * rows * columns]. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** The class of each image, such as the digit, counted from 0, [count]; zeros where there are no labels. */
  readonly labels: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  /** How many images. */
  readonly count: number;
  /** Pixels from top to bottom. */
  readonly rows: number;
  /** Pixels from left to right. */
  readonly columns: number;
}

/** What the classes of images are. */
export interface ImageClasses {
  /** What a class is, such as "digit". */
  readonly title: string;
  /** The name of each class, at most 65,536; none for images without labels. */
  readonly names: readonly string[];
}

/** Grey images; pixels are 0 (paper) to 255 (ink). */
export interface GreyImages {
  /** To learn from. */
  readonly train: ImageSplit;
  /** To choose by: the last of the training file. */
  readonly validation: ImageSplit;
  /** To report. */
  readonly test: ImageSplit;
  /** What the labels mean; the ten digits unless given. */
  readonly classes?: ImageClasses | undefined;
}

/** How grey became black and white; likelihoods are comparable only within one convention. */
export type Binarization = "threshold" | "stochastic" | "threshold-128-14x14";

/** Images as a model sees them: 0 (paper) or 1 (ink), or grey from 0 to 255, of which the model sees a 255th. */
export interface PixelImages extends GreyImages {
  /** The convention; `none` for grey. */
  readonly binarization: Binarization | "none";
  /** The training images of one epoch: drawn anew by key where the convention is stochastic, else `train`. */
  readonly redraw: (key: Key) => ImageSplit;
}

/** Black and white images; pixels are 0 (paper) or 1 (ink). */
export interface BinaryImages extends PixelImages {
  /** The convention. */
  readonly binarization: Binarization;
}
