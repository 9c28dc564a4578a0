/**
 * From parts to training, validation and test images.
 * @module
 */
import { fold, type Key, keyFrom } from "../../core/random/key.ts";
import { permutation } from "../../core/random/permutation.ts";
import type { GreyImages, ImageSplit } from "../images.ts";
import { gather, splitImages } from "../split.ts";
import { classesOf, expectLabelled } from "./classes.ts";
import type {
  ImagePart,
  Label,
  LabelledStack,
  SplitName,
} from "./image_part.ts";

/** The one key by which images are shuffled: the same splits for every seed. */
const KEY: Key = fold(keyFrom(0), "images by path");

/** The images, and what to say about them. */
export interface Assembled {
  /** The splits, with their classes. */
  readonly images: GreyImages;
  /** What the person should know. */
  readonly notes: readonly string[];
}

/**
 * Makes splits of what was read.
 *
 * What has no split in its name is for training. Without validation images the last sixth of the training images is
 * taken; without test images, a sixth before that. Images that are sorted by class, or of which a test is taken, are
 * shuffled first, with one fixed key.
 *
 * @param parts What was read.
 * @param path Names the data in errors.
 * @param names Names of the classes in the order of their labels, where they are known.
 * @returns The images.
 * @throws {SyntaxError} If images are missing, or parts do not fit together.
 * @throws {RangeError} If there are too few images, or more than 65,536 classes.
 */
export function assemble(
  parts: readonly ImagePart[],
  path: string,
  names?: readonly string[],
): Assembled {
  const notes: string[] = [];
  const train = gatherSplit(parts, "train", path);
  if (train === undefined) {
    throw new SyntaxError(`Expected training images in ${path} but found none`);
  }
  const validation = gatherSplit(parts, "validation", path);
  let test = gatherSplit(parts, "test", path);
  if (train.labels !== undefined && test !== undefined && !test.labels) {
    notes.push(`${test.file} has no labels and is left out`);
    test = undefined;
  }
  const others = [validation, test].filter((part) => part !== undefined);
  for (const part of others) expectAlike(train, part);
  const all = [train, ...others];
  expectLabelled(all);
  const classes = classesOf(all.flatMap(({ labels }) => labels ?? []), names);
  const Labels = classes.names.length > 256 ? Uint16Array : Uint8Array;
  const toSplit = ({ stack, labels }: LabelledStack): ImageSplit => ({
    pixels: stack.pixels,
    count: stack.count,
    rows: stack.rows,
    columns: stack.columns,
    labels: labels === undefined
      ? new Uint8Array(stack.count)
      : new Labels(labels.map(classes.indexOf)),
  });
  const isSorted = test === undefined || sorted(train.labels);
  if (isSorted) {
    notes.push(
      test === undefined
        ? `${path} has no test images: a sixth is set aside, after a shuffle with a fixed key`
        : `${train.file} is in order of class: its images are shuffled with a fixed key`,
    );
  }
  const training = isSorted ? shuffled(toSplit(train)) : toSplit(train);
  const splits = withTest(
    training,
    test && toSplit(test),
    validation && toSplit(validation),
  );
  const told = { title: "class", names: classes.names };
  return { images: { ...splits, classes: told }, notes };
}

function withTest(
  training: ImageSplit,
  test: ImageSplit | undefined,
  validation: ImageSplit | undefined,
): GreyImages {
  if (test === undefined) {
    const { train, validation: last } = splitImages(training, training);
    return withTest(train, last, validation);
  }
  if (validation !== undefined) return { train: training, validation, test };
  return splitImages(training, test);
}

function shuffled(split: ImageSplit): ImageSplit {
  return gather(split, permutation(KEY, split.count));
}

/** Whether labels never fall: the last images would be of one class. */
function sorted(labels: readonly Label[] | undefined): boolean {
  if (labels === undefined || labels[0] === labels.at(-1)) return false;
  return labels.every((label, i) => i === 0 || labels[i - 1]! <= label);
}

function gatherSplit(
  parts: readonly ImagePart[],
  split: SplitName,
  path: string,
): LabelledStack | undefined {
  const own = parts.filter((part) => (part.split ?? "train") === split);
  const one = <T>(
    found: readonly T[],
    what: string,
    files: readonly string[],
  ) => {
    if (found.length < 2) return found[0];
    throw new SyntaxError(
      `Expected ${what} for ${split} once in ${path} but found ${
        files.join(" and ")
      }`,
    );
  };
  const images = own.filter((part) => part.stack !== undefined);
  const image = one(images, "images", images.map(({ file }) => file));
  const labelled = own.filter((part) => part.labels !== undefined);
  const label = one(labelled, "labels", labelled.map(({ file }) => file));
  if (image?.stack === undefined) {
    if (label === undefined) return undefined;
    throw new SyntaxError(
      `Expected images for the labels of ${label.file} but found none`,
    );
  }
  const { stack, file } = image;
  if (label !== undefined && label.labels?.length !== stack.count) {
    throw new SyntaxError(
      `Expected ${stack.count} labels for the images of ${file} but found ${label.labels?.length} in ${label.file}`,
    );
  }
  return { file, stack, labels: label?.labels };
}

function expectAlike(train: LabelledStack, other: LabelledStack): void {
  const [a, b] = [train.stack, other.stack];
  if (a.ink !== b.ink) {
    throw new SyntaxError(
      `Expected full ink of ${other.file} to be ${a.ink} as in ${train.file} but found ${b.ink}`,
    );
  }
  if (a.rows === b.rows && a.columns === b.columns) return;
  throw new SyntaxError(
    `Expected images of ${a.rows} x ${a.columns} pixels like those for training but found ${b.rows} x ${b.columns} in ${other.file}`,
  );
}
