/**
 * Images side by side in one picture.
 * @module
 */

/** Numbers of a pixel: 1 for grey, 3 for red, green and blue. */
export type PixelNumbers = 1 | 3;

/** A picture, grey or coloured. */
export interface TiledPicture {
  /** Pixels across. */
  readonly width: number;
  /** Pixels down. */
  readonly height: number;
  /** From 0, black, to 255, white, [height, width, numbers of a pixel], row by row. */
  readonly values: Uint8Array;
}

/** How images are tiled. */
export interface Tiling {
  /** Height and width of an image. */
  readonly imageShape: readonly [number, number];
  /** Images in a row. */
  readonly columns: number;
  /** Pixels of the picture along a side of an image's pixel. */
  readonly scale: number;
  /** Numbers of a pixel; 1 unless given. */
  readonly numbers?: PixelNumbers;
}

/** Width of the line between two images, in pixels. */
export const separator = 1;

/**
 * Tiles images row by row, with a thin white line between them; what the last row lacks is white.
 *
 * @param images Values in [0, 1], [image, height, width, numbers of a pixel].
 * @param tiling How they are tiled.
 * @returns The picture, each image enlarged without smoothing.
 * @throws {RangeError} If there is no whole image, or a value outside [0, 1].
 */
export function tileImages(images: Float32Array, tiling: Tiling): TiledPicture {
  const { imageShape: [height, width], columns, scale, numbers = 1 } = tiling;
  const count = images.length / (height * width * numbers);
  if (count === 0 || !Number.isInteger(count)) {
    throw new RangeError(
      `Expected whole images of ${height} x ${width} but found ${images.length} values`,
    );
  }
  expectGrey(images);
  const pictureWidth = tiledLength(columns, width * scale);
  const pictureHeight = tiledLength(Math.ceil(count / columns), height * scale);
  const values = new Uint8Array(pictureWidth * pictureHeight * numbers);
  for (let y = 0; y < pictureHeight; y++) {
    for (let x = 0; x < pictureWidth; x++) {
      for (let n = 0; n < numbers; n++) {
        values[(y * pictureWidth + x) * numbers + n] = valueAt(x, y, n);
      }
    }
  }
  return { width: pictureWidth, height: pictureHeight, values };

  function valueAt(x: number, y: number, n: number): number {
    const [column, inX] = divide(x, width * scale + separator);
    const [row, inY] = divide(y, height * scale + separator);
    const index = row * columns + column;
    const isBetween = inX >= width * scale || inY >= height * scale;
    if (isBetween || index >= count) return 255;
    const pixel = Math.floor(inY / scale) * width + Math.floor(inX / scale);
    const at = (index * height * width + pixel) * numbers + n;
    return Math.round(255 * (images[at] ?? 1));
  }
}

/**
 * The length of a row of tiles.
 *
 * @param tiles How many there are.
 * @param length The length of one, in pixels.
 * @returns Pixels, with the lines between the tiles.
 */
export function tiledLength(tiles: number, length: number): number {
  return tiles * (length + separator) - separator;
}

function divide(value: number, by: number): readonly [number, number] {
  return [Math.floor(value / by), value % by];
}

function expectGrey(images: Float32Array): void {
  const index = images.findIndex((value) => !(value >= 0 && value <= 1));
  if (index >= 0) {
    throw new RangeError(
      `Expected grey values in [0, 1] but found ${images[index]} at ${index}`,
    );
  }
}
