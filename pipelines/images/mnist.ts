/**
 * MNIST and data in its format: four IDX files.
 * @module
 */
import type { GreyImages, ImageSplit } from "./images.ts";
import type {
  DataFile,
  KnownData,
  KnownFile,
} from "../core/data/known_data.ts";
import { parseIdx } from "./idx.ts";
import { splitImages } from "./split.ts";

/** MNIST, with the SHA-256 of each file without gzip. */
export const mnist: KnownData = {
  name: "mnist",
  folder: "mnist",
  files: [
    mnistFile(
      "train-images-idx3-ubyte",
      "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
      47_040_016,
    ),
    mnistFile(
      "train-labels-idx1-ubyte",
      "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
      60_008,
    ),
    mnistFile(
      "t10k-images-idx3-ubyte",
      "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
      7_840_016,
    ),
    mnistFile(
      "t10k-labels-idx1-ubyte",
      "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
      10_008,
    ),
  ],
};

function mnistFile(name: string, sha256: string, size: number): KnownFile {
  const urls = [
    `https://ossci-datasets.s3.amazonaws.com/mnist/${name}.gz`,
    `https://storage.googleapis.com/cvdf-datasets/mnist/${name}.gz`,
  ];
  return { name, sha256, size, urls };
}

/**
 * Reads the four files of MNIST, or of data in its format; bytes of 0 and 1 are read as 0 and 255.
 *
 * @param files Training images, training labels, test images and test labels.
 * @returns The splits: of MNIST 50,000 training, 10,000 validation and 10,000 test images of 28 x 28 pixels.
 * @throws {SyntaxError} If a file is not IDX, has no ink, or does not fit the others.
 * @throws {RangeError} If a label is not a digit, or there are too few images.
 */
export function parseMnist(files: readonly DataFile[]): GreyImages {
  const [images, labels, testImages, testLabels] = files;
  if (!images || !labels || !testImages || !testLabels) {
    throw new RangeError(`Expected 4 files but found ${files.length}`);
  }
  const training = parsePair(images, labels);
  const test = parsePair(testImages, testLabels);
  if (training.rows !== test.rows || training.columns !== test.columns) {
    throw new SyntaxError(
      `Expected test images of ${training.rows} x ${training.columns} pixels like those for training but found ` +
        `${test.rows} x ${test.columns} in ${testImages.path}`,
    );
  }
  const scales = [
    inkOf(training, images.path),
    inkOf(test, testImages.path),
  ] as const;
  if (scales[0] !== scales[1]) {
    throw new SyntaxError(
      `Expected the ink of ${testImages.path} to be ${
        scales[0]
      } as in ${images.path} but found ${scales[1]}`,
    );
  }
  const factor = 255 / scales[0];
  return splitImages(inked(training, factor), inked(test, factor));
}

/**
 * The byte that stands for full ink: 255, or 1 in images that are binary already.
 *
 * @throws {SyntaxError} If there is no ink, or too little of it for grey images.
 */
function inkOf({ pixels }: ImageSplit, path: string): 1 | 255 {
  const most = pixels.reduce((most, pixel) => Math.max(most, pixel), 0);
  if (most === 1) return 1;
  if (most > 127) return 255;
  throw new SyntaxError(
    `Expected ${path} to hold bytes from 0 to 255, or 0 and 1, but the largest is ${most}`,
  );
}

function inked(split: ImageSplit, factor: number): ImageSplit {
  if (factor === 1) return split;
  return { ...split, pixels: split.pixels.map((pixel) => factor * pixel) };
}

function parsePair(images: DataFile, labels: DataFile): ImageSplit {
  const { shape, values: pixels } = parseIdx(images.bytes, 3, images.path);
  const [count = 0, rows = 0, columns = 0] = shape;
  if (rows === 0 || columns === 0) {
    throw new SyntaxError(
      `Expected images with pixels in ${images.path} but found ${rows} x ${columns}`,
    );
  }
  const digits = parseIdx(labels.bytes, 1, labels.path);
  if (digits.values.length !== count) {
    throw new SyntaxError(
      `Expected ${count} labels for the images of ${images.path} but found ${digits.values.length} in ${labels.path}`,
    );
  }
  const wrong = digits.values.findIndex((label) => label > 9);
  if (wrong >= 0) {
    throw new RangeError(
      `Expected labels from 0 to 9 in ${labels.path} but found ${
        digits.values[wrong]
      } at index ${wrong}`,
    );
  }
  return { pixels, labels: digits.values, count, rows, columns };
}
