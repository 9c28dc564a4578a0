/**
 * Images by path, in whatever form they have.
 * @module
 */
import type { Opened } from "../../core/data/load_data.ts";
import { listFiles } from "../../core/data/list_files.ts";
import { type DataFile, openFile } from "../../core/data/known_data.ts";
import { readFile } from "../../core/data/read_file.ts";
import { NotFoundError } from "../../core/missing.ts";
import type { GreyImages } from "../images.ts";
import { assemble } from "./assemble.ts";
import type { ImagePart } from "./image_part.ts";
import { type Form, formByBytes, formOf, parsePart } from "./parse_part.ts";
import { joinPictures } from "./picture_folder.ts";
import { upright } from "./transposed.ts";

/** Forms in the order of preference, for folders that have several. */
const FORMS: readonly Form[] = ["IDX", "NPZ", "NPY", "CSV", "PNG"];

/** A file of names, one a line, in the order of the labels. */
const CLASS_FILE = /^(classes|class_names|labels)\.txt$/i;

/**
 * Reads grey images from a file or a folder: IDX, NPZ, NPY, CSV, or PNG files in a folder, with a subfolder for each
 * class or without.
 *
 * File names say the split: `train`, `val`, `test` or `t10k`. Labels may be missing. `classes.txt` in the folder names
 * the classes, one a line.
 *
 * @param path The file or folder.
 * @param most The most bytes of a file without gzip, and of all PNG files together.
 * @returns The images.
 * @throws {NotFoundError} If there is no such file, or the folder has no images.
 * @throws {SyntaxError} If a file is damaged, or files do not fit together.
 * @throws {RangeError} If a file is larger than allowed, or there are too few images or too many classes.
 */
export async function openImages(
  path: string,
  most: number,
): Promise<Opened<GreyImages>> {
  const listed = await listFiles(path);
  if (listed === undefined) return await openOne(path, most);
  const form = FORMS.find((form) =>
    listed.some((name) => formOf(name) === form)
  );
  if (form === undefined) {
    throw new NotFoundError(
      `Expected files of images (${
        FORMS.join(", ")
      }) in the folder ${path} but found ${
        listed.slice(0, 5).join(", ") || "none"
      }`,
    );
  }
  const names = inOrder(withoutCopies(
    listed.filter((name) => formOf(name) === form),
  ));
  const files: DataFile[] = [];
  let left = most;
  for (const name of names) {
    const file = await open(`${path}/${name}`, form === "PNG" ? left : most);
    if (form === "PNG") left -= file.bytes.length;
    files.push(file);
  }
  const parts = form === "PNG"
    ? joinPictures(files, names)
    : files.flatMap((file, i) =>
      upright(parsePart(file, names[i]!, form, most), names[i]!) // one a file
    );
  const classFile = listed.find((name) => CLASS_FILE.test(name));
  const classes = classFile === undefined
    ? undefined
    : namesOf(await open(`${path}/${classFile}`, 2 ** 20));
  return finish(parts, files, names.map(stem), path, classes);
}

async function openOne(
  path: string,
  most: number,
): Promise<Opened<GreyImages>> {
  const file = await open(path, most);
  const name = path.split(/[/\\]/).at(-1) ?? path;
  const form = formOf(name) ?? formByBytes(file.bytes);
  const parts = parsePart(file, name, form, most).map((part) => (
    // a file by itself is all there is, whatever its name says
    form === "NPZ" ? part : { ...part, split: "train" as const }
  ));
  return finish(upright(parts, name), [file], [stem(name)], path, undefined);
}

function finish(
  parts: readonly ImagePart[],
  files: readonly DataFile[],
  names: readonly string[],
  path: string,
  classes: readonly string[] | undefined,
): Opened<GreyImages> {
  const { images, notes } = assemble(parts, path, classes);
  return { data: images, files, names, notes };
}

async function open(path: string, most: number): Promise<DataFile> {
  const raw = await readFile(path, most);
  if (raw === undefined) throw new NotFoundError(`No file ${path}`);
  return await openFile(path, raw, most);
}

/** Leaves out `a.gz` beside `a`. */
function withoutCopies(names: readonly string[]): readonly string[] {
  return names.filter((name) =>
    !name.endsWith(".gz") || !names.includes(name.slice(0, -3))
  );
}

/** Training files first, and images before labels, as the checksums of IDX files are taken. */
function inOrder(names: readonly string[]): readonly string[] {
  const rank = (name: string) =>
    (/train/i.test(name) ? 0 : 2) + (/label|idx1/i.test(name) ? 1 : 0);
  return [...names].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** A name as it is published: without gzip, and with the hyphen that 7-Zip makes a dot. */
function stem(name: string): string {
  return name.replace(/\.gz$/, "").replace(".idx", "-idx");
}

function namesOf(file: DataFile): readonly string[] {
  return new TextDecoder().decode(file.bytes).split(/\r?\n/)
    .map((line) => line.trim()).filter((line) => line !== "");
}
