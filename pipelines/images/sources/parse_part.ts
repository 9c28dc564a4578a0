/**
 * Files of images and labels: IDX, NPY, NPZ, CSV and PNG.
 * @module
 */
import { parseCsv } from "../../core/data/formats/csv.ts";
import { type NumberArray, parseNpy } from "../../core/data/formats/npy.ts";
import { parsePng } from "../../core/data/formats/png.ts";
import { readZip } from "../../core/data/formats/zip.ts";
import type { DataFile } from "../../core/data/known_data.ts";
import { parseIdx } from "../idx.ts";
import { tableParts } from "./csv_images.ts";
import { type GreyStack, greyStack } from "./grey_stack.ts";
import { type ImagePart, saysLabels, splitOf } from "./image_part.ts";

/** A form that files of images have. */
export type Form = "IDX" | "NPZ" | "NPY" | "CSV" | "PNG";

/**
 * The form of a file by its name, without `.gz`.
 *
 * @param path The file.
 * @returns The form; `undefined` where the name says none.
 */
export function formOf(path: string): Form | undefined {
  const name = path.replace(/\.gz$/i, "");
  const ending = /\.(npz|npy|csv|png)$/i.exec(name)?.[1]?.toUpperCase();
  if (ending !== undefined) return ending as Form; // one of the pattern's
  return /idx[13][-.]ubyte|\.idx[13]?$/i.test(name) ? "IDX" : undefined;
}

/**
 * The form of a file by its first bytes, for names that say none.
 *
 * @param bytes The file, without gzip.
 * @returns The form; CSV where they are of no binary form.
 */
export function formByBytes(bytes: Uint8Array): Form {
  const [a, b, c] = bytes;
  if (a === 0 && b === 0) return "IDX";
  if (a === 0x50 && b === 0x4b) return "NPZ";
  if (a === 0x93 && b === 0x4e && c === 0x55) return "NPY";
  return a === 0x89 && b === 0x50 && c === 0x4e ? "PNG" : "CSV";
}

/**
 * Reads what a file adds to a data set.
 *
 * @param file The file.
 * @param name Its name below the data's folder, which says its split.
 * @param form Its form.
 * @param most The most bytes that may come out of an archive.
 * @returns Its images and labels.
 * @throws {SyntaxError} If the file is damaged, or holds no images and no labels.
 * @throws {RangeError} If it holds more than it may.
 */
export function parsePart(
  file: DataFile,
  name: string,
  form: Form,
  most: number,
): readonly ImagePart[] {
  const { bytes, path } = file;
  switch (form) {
    case "IDX":
      return [idxPart(bytes, path, name)];
    case "NPY":
      return arrayPart(parseNpy(bytes, path), path, name);
    case "NPZ":
      return [...readZip(bytes, path, most)].flatMap(([key, inner]) => {
        if (!key.endsWith(".npy")) return [];
        const where = `${path}: ${key}`;
        const split = splitOf(key) === undefined ? `${name}/${key}` : key;
        return arrayPart(parseNpy(inner, where), where, split);
      });
    case "CSV":
      return tableParts(parseCsv(bytes, path), path, splitOf(name));
    case "PNG":
      return [{ file: path, split: splitOf(name), stack: pngStack(file) }];
  }
}

function idxPart(
  bytes: Uint8Array<ArrayBuffer>,
  path: string,
  name: string,
): ImagePart {
  const split = splitOf(name);
  if (bytes[3] === 1) {
    const { values } = parseIdx(bytes, 1, path);
    return { file: path, split, labels: Array.from(values) };
  }
  return {
    file: path,
    split,
    stack: greyStack(parseIdx(bytes, 3, path), path),
  };
}

function arrayPart(
  array: NumberArray,
  file: string,
  name: string,
): readonly ImagePart[] {
  const { shape, values } = array;
  const split = splitOf(name);
  const isColumn = shape.length === 1 || (shape.length === 2 && shape[1] === 1);
  const own = name.split("/").at(-1) ?? name;
  if (saysLabels(own.replace(/\.npy$/, "")) || isColumn) {
    if (isColumn) return [{ file, split, labels: Array.from(values) }];
    throw new SyntaxError(
      `Expected labels of the shape [count] or [count, 1] in ${file} but found [${
        shape.join(", ")
      }]`,
    );
  }
  return [{ file, split, stack: greyStack(array, file) }];
}

function pngStack({ bytes, path }: DataFile): GreyStack {
  return { count: 1, ink: 255, ...parsePng(bytes, path) };
}
