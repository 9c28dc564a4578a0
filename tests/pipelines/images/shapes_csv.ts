/**
 * A tiny data set of a user's own: three shapes in a table.
 * @module
 */
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { uniform } from "../../../pipelines/core/random/uniform.ts";

/** The classes in the order of their names. */
export const shapes = ["cross", "disc", "frame"] as const;

const SIDE = 28;

/** Whether a shape of some size has ink at a place about its centre. */
const hasInk: Readonly<
  Record<typeof shapes[number], (x: number, y: number, size: number) => boolean>
> = {
  cross: (x, y, size) =>
    Math.min(Math.abs(x), Math.abs(y)) < 2 &&
    Math.max(Math.abs(x), Math.abs(y)) < size,
  disc: (x, y, size) => Math.hypot(x, y) < size,
  frame: (x, y, size) =>
    Math.abs(Math.max(Math.abs(x), Math.abs(y)) - size) < 1.5,
};

/**
 * Writes images of three shapes, a row each, with the name of the shape before the pixels.
 *
 * @param path The file to write.
 * @param count How many images.
 */
export async function writeShapes(path: string, count: number): Promise<void> {
  const random = uniform(keyFrom(1), 3 * count);
  const rows = Array.from({ length: count }, (_, i) => {
    const [x, y, size] = random.subarray(3 * i, 3 * i + 3);
    const name = shapes[i % shapes.length]!; // one of them
    const pixels = Array.from({ length: SIDE * SIDE }, (_, at) => {
      const column = at % SIDE - 11 - 6 * x!; // three numbers for each
      const row = Math.floor(at / SIDE) - 11 - 6 * y!;
      return hasInk[name](column, row, 5 + 4 * size!) ? 255 : 0;
    });
    return `${name},${pixels.join(",")}\n`;
  });
  const header = Array.from({ length: SIDE * SIDE }, (_, at) => `pixel${at}`);
  await Deno.writeTextFile(path, `label,${header.join(",")}\n${rows.join("")}`);
}
