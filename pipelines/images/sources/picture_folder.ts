/**
 * A folder of PNG files, with a subfolder for each class or without.
 * @module
 */
import { parsePng } from "../../core/data/formats/png.ts";
import type { DataFile } from "../../core/data/known_data.ts";
import { type ImagePart, splitOf } from "./image_part.ts";

/** A picture's place in the folder. */
interface Place {
  readonly split: ImagePart["split"];
  readonly label: string | undefined;
}

/**
 * Joins pictures of one size to a part for each split.
 *
 * A first subfolder called `train`, `val` or `test` is the split; the next one is the class.
 *
 * @param files The pictures.
 * @param names Their names below the folder, with `/`.
 * @returns A part for each split.
 * @throws {SyntaxError} If a file is damaged or of another size, or only some lie in folders of classes.
 */
export function joinPictures(
  files: readonly DataFile[],
  names: readonly string[],
): readonly ImagePart[] {
  const places = names.map(placeOf);
  const labelled = places.filter(({ label }) => label !== undefined).length;
  if (labelled > 0 && labelled < places.length) {
    const bare = places.findIndex(({ label }) => label === undefined);
    throw new SyntaxError(
      `Expected every image in a folder of its class but found ${
        files[bare]!.path
      }`,
    );
  }
  const splits = [...new Set(places.map(({ split }) => split))];
  return splits.map((split) => {
    const own = places.flatMap((place, i) => place.split === split ? [i] : []);
    const stack = stackOf(own.map((i) => files[i]!));
    const file = files[own[0]!]!.path;
    if (labelled === 0) return { file, split, stack };
    return { file, split, stack, labels: own.map((i) => places[i]!.label!) };
  });
}

function placeOf(name: string): Place {
  const folders = name.split("/").slice(0, -1);
  const split = folders[0] === undefined ? undefined : splitOf(folders[0]);
  return { split, label: folders[split === undefined ? 0 : 1] };
}

function stackOf(files: readonly DataFile[]): NonNullable<ImagePart["stack"]> {
  const first = parsePng(files[0]!.bytes, files[0]!.path); // one at least
  const { rows, columns } = first;
  const pixels = new Uint8Array(files.length * rows * columns);
  files.forEach(({ bytes, path }, i) => {
    const picture = parsePng(bytes, path);
    if (picture.rows !== rows || picture.columns !== columns) {
      throw new SyntaxError(
        `Expected images of ${rows} x ${columns} pixels like ${
          files[0]!.path
        } but found ${picture.rows} x ${picture.columns} in ${path}`,
      );
    }
    pixels.set(picture.pixels, i * rows * columns);
  });
  return { pixels, count: files.length, rows, columns, ink: 255 };
}
