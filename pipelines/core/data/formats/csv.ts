/**
 * Tables of numbers as comma-separated values.
 * @module
 */

/** A table, read row by row. */
export interface NumberTable {
  /** Names of the columns; `undefined` where the first row has numbers. */
  readonly header: readonly string[] | undefined;
  /** How many rows, without the header. */
  readonly rows: number;
  /** How many columns. */
  readonly columns: number;
  /** The numbers, [row, column]; NaN where a cell is in `words`. */
  readonly values: Float64Array<ArrayBuffer>;
  /** Cells that are no numbers, by row * columns + column. */
  readonly words: ReadonlyMap<number, string>;
}

const COMMA: number = 0x2c;
const QUOTE: number = 0x22;
const NEWLINE: number = 0x0a;
const RETURN: number = 0x0d;

/**
 * Reads a table of comma-separated values.
 *
 * Source: RFC 4180. The first row is a header where one of its cells is no number.
 *
 * @param bytes The file, in UTF-8.
 * @param file Names the file in errors.
 * @returns The table.
 * @throws {SyntaxError} If there is no row of data, rows have different lengths, a quote is open, or the text is not UTF-8.
 *
 * @example A label and two pixels
 * ```ts
 * import { parseCsv } from "@lowerbound/lowerbound/core";
 * import { assertEquals } from "@std/assert";
 *
 * const text = "label,pixel1,pixel2\ncat,0,255\n";
 * const { header, rows, values, words } = parseCsv(new TextEncoder().encode(text), "a.csv");
 * assertEquals(header, ["label", "pixel1", "pixel2"]);
 * assertEquals([rows, values[2], words.get(0)], [1, 255, "cat"]);
 * ```
 */
export function parseCsv(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): NumberTable {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  let values = new Float64Array(1024);
  let words = new Map<number, string>();
  let header: string[] | undefined;
  let [columns, rows, cells] = [0, 0, 0];
  const reader = new Cells(bytes, marked ? 3 : 0, file);
  while (reader.at < bytes.length) {
    const from = cells;
    do {
      const value = reader.next();
      if (cells === values.length) values = grown(values);
      values[cells] = value;
      if (Number.isNaN(value)) words.set(cells, reader.text());
      cells++;
    } while (!reader.isLast);
    const isBlank = cells === from + 1 && words.get(from) === "";
    if (isBlank) {
      words.delete(from);
      cells = from;
      continue;
    }
    if (columns === 0) {
      columns = cells;
      if (words.size > 0) { // the first row
        header = Array.from(
          { length: columns },
          (_, i) => words.get(i) ?? String(values[i]),
        );
        words = new Map();
        cells = 0;
        continue;
      }
    }
    rows++;
    if (cells - from !== columns) {
      throw new SyntaxError(
        `Expected ${columns} cells in row ${rows} of ${file} but found ${
          cells - from
        }`,
      );
    }
  }
  if (rows === 0) {
    throw new SyntaxError(`Expected rows of data in ${file} but found none`);
  }
  return { header, rows, columns, values: values.subarray(0, cells), words };
}

function grown(values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const more = new Float64Array(2 * values.length);
  more.set(values);
  return more;
}

/** Reads cell after cell; the fields say what the last call found. */
class Cells {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #file: string;
  #start = 0;
  #end = 0;
  #isQuoted = false;
  /** Where the next cell begins. */
  at: number;
  /** Whether the cell is the last of its row. */
  isLast = false;

  constructor(bytes: Uint8Array<ArrayBuffer>, at: number, file: string) {
    this.#bytes = bytes;
    this.at = at;
    this.#file = file;
  }

  /** The number of the next cell; NaN where it is none. */
  next(): number {
    const bytes = this.#bytes;
    let at = this.at;
    if (bytes[at] === QUOTE) return this.#quoted();
    let value = 0;
    let isPlain = true;
    for (; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === COMMA || byte === NEWLINE || byte === RETURN) break;
      if (byte >= 0x30 && byte <= 0x39) value = 10 * value + byte - 0x30;
      else isPlain = false;
    }
    const length = at - this.at;
    this.#found(this.at, at, false);
    return isPlain && length > 0 && length < 16 ? value : numberOf(this.text());
  }

  /** The text of the last cell. */
  text(): string {
    const bytes = this.#bytes.subarray(this.#start, this.#end);
    const text = decode(bytes, this.#file);
    return this.#isQuoted ? text.replaceAll('""', '"') : text.trim();
  }

  #quoted(): number {
    const bytes = this.#bytes;
    const from = this.at;
    let at = from + 1;
    while (at < bytes.length) {
      if (bytes[at] !== QUOTE) at++;
      else if (bytes[at + 1] === QUOTE) at += 2;
      else break;
    }
    const following = bytes[at + 1] ?? NEWLINE;
    if (
      bytes[at] !== QUOTE || ![COMMA, NEWLINE, RETURN].includes(following)
    ) {
      throw new SyntaxError(
        `Expected a closing quote and then a comma or the end of the line in ${this.#file} after byte ${from}`,
      );
    }
    this.#found(from + 1, at, true);
    return numberOf(this.text());
  }

  /** Notes where the cell lies, and steps over what ends it. */
  #found(start: number, end: number, isQuoted: boolean): void {
    const bytes = this.#bytes;
    const at = isQuoted ? end + 1 : end;
    this.#start = start;
    this.#end = end;
    this.#isQuoted = isQuoted;
    this.isLast = bytes[at] !== COMMA;
    const isPair = bytes[at] === RETURN && bytes[at + 1] === NEWLINE;
    this.at = at + (isPair ? 2 : 1);
  }
}

function numberOf(text: string): number {
  return /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(text)
    ? Number(text)
    : NaN;
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new SyntaxError(
      `Expected UTF-8 text in ${file} but found other bytes`,
      { cause: error },
    );
  }
}
