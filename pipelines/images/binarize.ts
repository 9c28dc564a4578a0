/**
 * The conventions by which grey images become black and white.
 * @module
 */
import type {
  Binarization,
  BinaryImages,
  GreyImages,
  ImageSplit,
} from "./images.ts";
import { draw, fold, type Key, keyFrom } from "../core/random/key.ts";

/** The key of the one drawing that is evaluated, whatever the seed: results stay comparable. */
const EVALUATION: Key = fold(keyFrom(0), "stochastic binarization");

/**
 * Binarizes all splits by a named convention.
 *
 * @param grey The images.
 * @param binarization The convention.
 * @returns The binary images; under `stochastic` the evaluation images are drawn with one fixed key.
 */
export function binarizeAll(
  grey: GreyImages,
  binarization: Binarization,
): BinaryImages {
  if (binarization === "stochastic") {
    return {
      train: sampleBinary(grey.train, fold(EVALUATION, "train")),
      validation: sampleBinary(grey.validation, fold(EVALUATION, "validation")),
      test: sampleBinary(grey.test, fold(EVALUATION, "test")),
      classes: grey.classes,
      binarization,
      redraw: (key) => sampleBinary(grey.train, key),
    };
  }
  const binarize = binarization === "threshold"
    ? binarizeByThreshold
    : binarizeTo14x14;
  const train = binarize(grey.train);
  return {
    train,
    validation: binarize(grey.validation),
    test: binarize(grey.test),
    classes: grey.classes,
    binarization,
    redraw: () => train,
  };
}

/**
 * Binarizes by `threshold`: 1 where grey / 255 > 0.5, that is, grey > 127.
 *
 * @param split Grey images.
 * @returns Binary images of the same size.
 */
export function binarizeByThreshold(split: ImageSplit): ImageSplit {
  return { ...split, pixels: split.pixels.map((grey) => grey > 127 ? 1 : 0) };
}

/**
 * Binarizes by `stochastic`: each pixel is 1 with probability grey / 255.
 *
 * Source: Salakhutdinov & Murray 2008, section 5. Pixel i depends on the key and on i only.
 *
 * @param split Grey images.
 * @param key The key, used up.
 * @returns Binary images of the same size.
 */
export function sampleBinary(split: ImageSplit, key: Key): ImageSplit {
  const { pixels: grey } = split;
  const pixels = new Uint8Array(grey.length);
  const words = new Uint32Array(2);
  for (let i = 0; i < grey.length; i += 2) {
    const first = grey[i]!;
    const second = grey[i + 1] ?? 0;
    if (first + second === 0) continue; // paper needs no draw
    draw(key, 0, i >>> 1, words);
    if (words[0]! * 255 < first * 2 ** 32) pixels[i] = 1;
    if (words[1]! * 255 < second * 2 ** 32) pixels[i + 1] = 1;
  }
  return { ...split, pixels };
}

/**
 * Binarizes by `threshold-128-14x14`: every second row and column from the first, 1 where grey > 128.
 *
 * @param split Grey images, such as 28 x 28.
 * @returns Binary images of half the size, such as 14 x 14.
 */
export function binarizeTo14x14(split: ImageSplit): ImageSplit {
  const rows = Math.ceil(split.rows / 2);
  const columns = Math.ceil(split.columns / 2);
  const pixels = new Uint8Array(split.count * rows * columns);
  let to = 0;
  for (let image = 0; image < split.count; image++) {
    for (let row = 0; row < split.rows; row += 2) {
      const from = (image * split.rows + row) * split.columns;
      for (let column = 0; column < split.columns; column += 2) {
        pixels[to++] = split.pixels[from + column]! > 128 ? 1 : 0;
      }
    }
  }
  return { ...split, pixels, rows, columns };
}
