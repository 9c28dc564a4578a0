/**
 * Images that are published lying on their side.
 * @module
 */
import type { GreyStack } from "./grey_stack.ts";
import type { ImagePart } from "./image_part.ts";

/**
 * Sets EMNIST's images upright, which are published with rows and columns exchanged; others stay as they are.
 *
 * Source: Cohen et al. 2017, "EMNIST", whose files keep the column order of MATLAB.
 *
 * @param parts What was read.
 * @param name The file's name: one that begins with `emnist-` is of EMNIST.
 * @returns The parts.
 */
export function upright(
  parts: readonly ImagePart[],
  name: string,
): readonly ImagePart[] {
  if (!/(^|\/)emnist-/i.test(name)) return parts;
  return parts.map((part) =>
    part.stack === undefined ? part : { ...part, stack: transpose(part.stack) }
  );
}

/**
 * Exchanges rows and columns of each image.
 *
 * @param stack The images.
 * @returns As many, columns x rows.
 */
export function transpose(
  { pixels, count, rows, columns, ink }: GreyStack,
): GreyStack {
  const turned = new Uint8Array(pixels.length);
  const size = rows * columns;
  for (let image = 0; image < count; image++) {
    for (let i = 0; i < size; i++) {
      const [row, column] = [Math.floor(i / columns), i % columns];
      turned[image * size + column * rows + row] = pixels[image * size + i]!;
    }
  }
  return { pixels: turned, count, rows: columns, columns: rows, ink };
}
