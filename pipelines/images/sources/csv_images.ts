/**
 * Images in tables: a row an image, a column a pixel, and perhaps one for the label.
 * @module
 */
import type { NumberTable } from "../../core/data/formats/csv.ts";
import { greyStack, sideOf } from "./grey_stack.ts";
import type { ImagePart, Label, SplitName } from "./image_part.ts";

const LABEL = /^(label|labels|class|target|y|digit|letter|character)$/i;
const IGNORED = /^(|id|index|image_?id|unnamed: 0)$/i;

/**
 * Reads a table as images.
 *
 * By the header: a column called `label`, `class`, `target` or `y` is the label, one called `id` or `index`, or without
 * a name, is left out, all others are pixels. Without a header, the first column is the label where one pixel fewer
 * makes a square.
 *
 * @param table The table.
 * @param file Names it in errors.
 * @param split The split that its name says.
 * @returns Its images, and labels where it has some.
 * @throws {SyntaxError} If the pixels make no square, or one is not a number.
 */
export function tableParts(
  table: NumberTable,
  file: string,
  split: SplitName | undefined,
): readonly ImagePart[] {
  const { rows, columns } = table;
  const { label, pixels } = columnsOf(table, file);
  const values = new Float64Array(rows * pixels.length);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < pixels.length; i++) {
      values[row * pixels.length + i] = table
        .values[row * columns + pixels[i]!]!;
    }
  }
  expectNumbers(table, label, file);
  const stack = greyStack({ shape: [rows, pixels.length], values }, file);
  if (label === undefined) return [{ file, split, stack }];
  const labels = Array.from({ length: rows }, (_, row): Label => {
    const at = row * columns + label;
    return table.words.get(at) ?? table.values[at]!;
  });
  return [{ file, split, stack, labels }];
}

function columnsOf(
  { header, columns }: NumberTable,
  file: string,
): { readonly label: number | undefined; readonly pixels: readonly number[] } {
  const all = Array.from({ length: columns }, (_, i) => i);
  if (header === undefined) {
    if (sideOf(columns) !== undefined) return { label: undefined, pixels: all };
    if (sideOf(columns - 1) !== undefined) {
      return { label: 0, pixels: all.slice(1) };
    }
    throw notSquare(file, columns);
  }
  const names = header.map((name) => name.trim());
  const label = names.findIndex((name) => LABEL.test(name));
  const pixels = all.filter((i) => i !== label && !IGNORED.test(names[i]!));
  if (sideOf(pixels.length) === undefined) throw notSquare(file, pixels.length);
  return { label: label < 0 ? undefined : label, pixels };
}

function notSquare(file: string, pixels: number): SyntaxError {
  return new SyntaxError(
    `Expected columns of ${file} for a square number of pixels, and perhaps one called "label", but found ${pixels} for pixels`,
  );
}

function expectNumbers(
  { words, columns, header }: NumberTable,
  label: number | undefined,
  file: string,
): void {
  for (const [at, word] of words) {
    const column = at % columns;
    const name = header?.[column] ?? `${column + 1}`;
    if (column === label || IGNORED.test(name.trim())) continue;
    throw new SyntaxError(
      `Expected a number in row ${
        Math.floor(at / columns) + 1
      }, column ${name}, of ${file} but found ${JSON.stringify(word)}`,
    );
  }
}
