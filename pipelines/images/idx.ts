/**
 * The IDX file format of MNIST and its relatives.
 * @module
 */
import { hex } from "../core/hex.ts";

/** An array of unsigned bytes. */
export interface IdxArray {
  /** Lengths of the dimensions, outermost first. */
  readonly shape: readonly number[];
  /** The elements, the last dimension running fastest. */
  readonly values: Uint8Array<ArrayBuffer>;
}

/** The data types of the format, by their code in the third byte. */
const TYPES: Readonly<Record<number, string>> = {
  0x08: "unsigned bytes",
  0x09: "signed bytes",
  0x0b: "16-bit integers",
  0x0c: "32-bit integers",
  0x0d: "32-bit floats",
  0x0e: "64-bit floats",
};

/**
 * Reads an IDX file of unsigned bytes.
 *
 * Source: LeCun, Cortes & Burges, "The MNIST database", file formats: two zero bytes, the data type, the number of
 * dimensions, each length as a big-endian 32-bit integer, then the elements.
 *
 * @param bytes The file, without gzip.
 * @param dimensions How many dimensions it must have.
 * @param file Names the file in errors.
 * @returns The array; `values` is a view of `bytes`.
 * @throws {SyntaxError} If the bytes are not such a file, or are more or fewer than its header says.
 */
export function parseIdx(
  bytes: Uint8Array<ArrayBuffer>,
  dimensions: number,
  file: string,
): IdxArray {
  expectHeader(bytes, dimensions, file);
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 4 + 4 * dimensions;
  const shape = Array.from(
    { length: dimensions },
    (_, i) => header.getUint32(4 + 4 * i),
  );
  const expected = shape.reduce((product, length) => product * length, 1);
  const found = bytes.length - start;
  if (found !== expected) {
    const what = found < expected ? "truncated" : "with trailing bytes";
    throw new SyntaxError(
      `Expected ${
        shape.join(" x ")
      } = ${expected} bytes after the header of ${file} but found ${found} (${what})`,
    );
  }
  return { shape, values: bytes.subarray(start) };
}

/**
 * Writes unsigned bytes as an IDX file, which `parseIdx` reads.
 *
 * @param shape Lengths of the dimensions, outermost first.
 * @param values As many as the lengths say.
 * @returns The file.
 * @throws {RangeError} If there are more or fewer.
 */
export function encodeIdx(
  shape: readonly number[],
  values: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const expected = shape.reduce((product, length) => product * length, 1);
  if (values.length !== expected) {
    throw new RangeError(
      `Expected ${
        shape.join(" x ")
      } = ${expected} bytes but found ${values.length}`,
    );
  }
  const start = 4 + 4 * shape.length;
  const bytes = new Uint8Array(start + values.length);
  bytes.set([0, 0, 0x08, shape.length]);
  const header = new DataView(bytes.buffer);
  shape.forEach((length, i) => header.setUint32(4 + 4 * i, length));
  bytes.set(values, start);
  return bytes;
}

function expectHeader(
  bytes: Uint8Array,
  dimensions: number,
  file: string,
): void {
  if (bytes.length === 0) {
    throw new SyntaxError(`Expected an IDX file but ${file} is empty`);
  }
  const [first = -1, second = -1, type = -1, found = -1] = bytes;
  const magic = hex(bytes.subarray(0, 4));
  if (first !== 0 || second !== 0 || !(type in TYPES)) {
    throw new SyntaxError(
      `Expected ${file} to start with an IDX magic number (0000, a data type, the number of dimensions) but found ${magic}`,
    );
  }
  if (type !== 0x08) {
    throw new SyntaxError(
      `Expected ${file} to hold unsigned bytes (08) but found ${
        TYPES[type]
      } in its magic number ${magic}`,
    );
  }
  if (found !== dimensions) {
    throw new SyntaxError(
      `Expected ${file} to have ${dimensions} dimensions but found ${found} in its magic number ${magic}`,
    );
  }
  if (bytes.length < 4 + 4 * dimensions) {
    throw new SyntaxError(
      `Expected a header of ${
        4 + 4 * dimensions
      } bytes in ${file} but found ${bytes.length} bytes (truncated)`,
    );
  }
}
