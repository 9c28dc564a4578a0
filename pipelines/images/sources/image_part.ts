/**
 * What one file, or one array of a file, adds to a data set.
 * @module
 */
import type { GreyStack } from "./grey_stack.ts";

/** The part of a data set that a name says. */
export type SplitName = "train" | "validation" | "test";

/** Class of an image as a file gives it. */
export type Label = number | string;

/** Images, labels, or both. */
export interface ImagePart {
  /** Names the part in errors. */
  readonly file: string;
  /** The split that its name says; `undefined` where it says none. */
  readonly split: SplitName | undefined;
  /** The images, where it has some. */
  readonly stack?: GreyStack;
  /** A label for each image, where it has some. */
  readonly labels?: readonly Label[];
}

/** Images and labels of one split. */
export interface LabelledStack {
  /** Names the images in errors. */
  readonly file: string;
  /** The images. */
  readonly stack: GreyStack;
  /** A label for each, where there are some. */
  readonly labels: readonly Label[] | undefined;
}

const SPLITS: readonly (readonly [SplitName, RegExp])[] = [
  ["test", /(^|[^a-z])(test|testing|t10k)([^a-z]|$)/i],
  ["validation", /(^|[^a-z])(val|valid|validation|dev)([^a-z]|$)/i],
  ["train", /(^|[^a-z])(train|training)([^a-z]|$)/i],
];

/**
 * The split that a name says, such as `x_test`, `t10k-images-idx3-ubyte` or `fashion-mnist_train.csv`.
 *
 * @param name Of a file, a folder or an array.
 * @returns The split; `undefined` where the name says none.
 */
export function splitOf(name: string): SplitName | undefined {
  return SPLITS.find(([, pattern]) => pattern.test(name))?.[0];
}

/** Whether a name is one of labels: `y_train`, `train_labels`, `targets`. */
export function saysLabels(name: string): boolean {
  return /(^|[^a-z])(y|label|labels|target|targets|class|classes)([^a-z]|$)/i
    .test(name);
}
