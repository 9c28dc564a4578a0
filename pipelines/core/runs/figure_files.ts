/**
 * The figures in a run's folder.
 * @module
 */
import { entriesOf } from "./folder_bytes.ts";
import { readInside } from "./read_inside.ts";

/** The most bytes of a figure's file that is read. */
const MOST_BYTES = 2 ** 25;

/** A figure as it lies on the disk. */
export interface StoredFigure {
  /** The file name, without ending. */
  readonly name: string;
  /** Reads the picture as PNG; undefined where it is missing or cannot be read. */
  readonly png: () => Uint8Array<ArrayBuffer> | undefined;
  /** Reads the picture as SVG; undefined where it is missing or cannot be read. */
  readonly svg: () => Uint8Array<ArrayBuffer> | undefined;
}

/**
 * Lists the figures of a run; links among them are left out.
 *
 * @param folder The run's folder.
 * @returns The figures by name.
 */
export function figureFiles(folder: string): readonly StoredFigure[] {
  return entriesOf(`${folder}/figures`)
    .filter((entry) => entry.isFile() && entry.name.endsWith(".png"))
    .map(({ name }) => {
      const bare = name.slice(0, -".png".length);
      const read = (ending: string) => () => {
        try {
          return readInside(folder, `figures/${bare}.${ending}`, MOST_BYTES);
        } catch {
          return undefined; // too large, or changed meanwhile
        }
      };
      return { name: bare, png: read("png"), svg: read("svg") };
    });
}
