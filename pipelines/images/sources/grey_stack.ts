/**
 * Arrays of numbers as grey images.
 * @module
 */
import type { NumberArray } from "../../core/data/formats/npy.ts";

/** Images of one size, one after another. */
export interface GreyStack {
  /** Bytes from 0 (paper) to 255 (ink), [count * rows * columns]. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** How many images. */
  readonly count: number;
  /** Pixels from top to bottom. */
  readonly rows: number;
  /** Pixels from left to right. */
  readonly columns: number;
  /** The number that stood for full ink. */
  readonly ink: 1 | 255;
}

/** Where the numbers of an array lie. */
interface Layout {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
}

/**
 * Reads an array as grey images: bytes 0 ... 255, 0 and 1, or fractions from 0 to 1; colours by their luma.
 *
 * @param array Numbers, [count, rows, columns], [count, rows, columns, 1 or 3] or [count, side * side].
 * @param file Names the array in errors.
 * @returns The images, with the largest number of 1 or 255 as full ink.
 * @throws {SyntaxError} If the shape is another, or a number is not in the range.
 */
export function greyStack(array: NumberArray, file: string): GreyStack {
  const layout = layoutOf(array.shape, file);
  const { count, rows, columns, channels } = layout;
  const factor = factorOf(array.values, file);
  const pixels = new Uint8Array(count * rows * columns);
  const { values } = array;
  for (let i = 0; i < pixels.length; i++) {
    const at = i * channels;
    const grey = channels === 1
      ? values[at]!
      : 0.299 * values[at]! + 0.587 * values[at + 1]! + 0.114 * values[at + 2]!; // ITU-R BT.601
    pixels[i] = Math.round(factor * grey);
  }
  return { pixels, count, rows, columns, ink: factor === 1 ? 255 : 1 };
}

/**
 * The side of square images.
 *
 * @param pixels How many pixels an image has.
 * @returns The side; `undefined` where no square has as many pixels.
 */
export function sideOf(pixels: number): number | undefined {
  const side = Math.round(Math.sqrt(pixels));
  return pixels > 0 && side * side === pixels ? side : undefined;
}

function layoutOf(shape: readonly number[], file: string): Layout {
  const [count = 0, rows = 0, columns = 0, channels = 1] = shape;
  if (shape.length === 2) {
    const side = sideOf(rows);
    if (side !== undefined) {
      return { count, rows: side, columns: side, channels: 1 };
    }
    throw new SyntaxError(
      `Expected ${file} to have a square number of pixels an image but found ${rows}`,
    );
  }
  const fits = shape.length === 3 ||
    (shape.length === 4 && (channels === 1 || channels === 3));
  if (fits && rows > 0 && columns > 0) {
    return { count, rows, columns, channels };
  }
  throw new SyntaxError(
    `Expected ${file} to have the shape [count, rows, columns], [count, rows, columns, 1 or 3] or [count, pixels] but found [${
      shape.join(", ")
    }]`,
  );
}

/** What full ink must be multiplied by to become 255. */
function factorOf(values: ArrayLike<number>, file: string): 1 | 255 {
  let most = 0;
  let isWhole = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value >= 0 && value <= 255)) {
      throw new SyntaxError(
        `Expected ${file} to hold numbers from 0 to 255 but found ${value}`,
      );
    }
    if (value > most) most = value;
    if (!Number.isInteger(value)) isWhole = false;
  }
  if (most <= 1 && (most === 1 || !isWhole)) return 255;
  if (most > 127 && isWhole) return 1;
  throw new SyntaxError(
    `Expected ${file} to hold whole numbers from 0 to 255, 0 and 1, or fractions up to 1, but the largest is ${most}`,
  );
}
