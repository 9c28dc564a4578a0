/**
 * The NPY file format of NumPy.
 * @module
 */

/** An array of numbers, or of booleans as 0 and 1. */
export interface NumberArray {
  /** Lengths of the dimensions, outermost first. */
  readonly shape: readonly number[];
  /** The elements, the last dimension running fastest. */
  readonly values: ArrayLike<number>;
}

type Reader = (view: DataView, at: number, little: boolean) => number;

/** Bytes of an element, and how to read one, by the type code of the format. */
const TYPES: Readonly<Record<string, readonly [size: number, read: Reader]>> = {
  b1: [1, (view, at) => view.getUint8(at)],
  u1: [1, (view, at) => view.getUint8(at)],
  i1: [1, (view, at) => view.getInt8(at)],
  u2: [2, (view, at, little) => view.getUint16(at, little)],
  i2: [2, (view, at, little) => view.getInt16(at, little)],
  u4: [4, (view, at, little) => view.getUint32(at, little)],
  i4: [4, (view, at, little) => view.getInt32(at, little)],
  i8: [8, (view, at, little) => Number(view.getBigInt64(at, little))],
  u8: [8, (view, at, little) => Number(view.getBigUint64(at, little))],
  f4: [4, (view, at, little) => view.getFloat32(at, little)],
  f8: [8, (view, at, little) => view.getFloat64(at, little)],
};

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY

/**
 * Reads an NPY file of numbers.
 *
 * Source: NumPy Enhancement Proposal 1: a magic number, a version, the length of a header, a Python dictionary with the
 * type, the order and the shape, then the elements.
 *
 * @param bytes The file.
 * @param file Names the file in errors.
 * @returns The array; `values` of unsigned bytes are a view of `bytes`.
 * @throws {SyntaxError} If the bytes are not such a file, or are more or fewer than its header says.
 *
 * @example Three bytes
 * ```ts
 * import { parseNpy } from "@lowerbound/lowerbound/core";
 * import { assertEquals } from "@std/assert";
 *
 * const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }";
 * const bytes = new Uint8Array([
 *   ...[0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, header.length, 0],
 *   ...[...new TextEncoder().encode(header), 7, 8, 9],
 * ]);
 * assertEquals(parseNpy(bytes, "three.npy").shape, [3]);
 * ```
 */
export function parseNpy(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): NumberArray {
  const { header, start } = headerOf(bytes, file);
  const code = fieldOf(header, /'descr'\s*:\s*'([^']*)'/, "descr", file);
  const order = fieldOf(
    header,
    /'fortran_order'\s*:\s*(True|False)/,
    "fortran_order",
    file,
  );
  const shapeText = fieldOf(
    header,
    /'shape'\s*:\s*\(([\d,\s]*)\)/,
    "shape",
    file,
  );
  const shape = shapeText.split(",").map((part) => part.trim())
    .filter((part) => part !== "").map(Number);
  const type = TYPES[code.slice(1)];
  if (type === undefined || !/^[<>|=]/.test(code)) {
    throw new SyntaxError(
      `Expected numbers in ${file} but found elements of the type '${code}'`,
    );
  }
  if (order === "True" && shape.length > 1) {
    throw new SyntaxError(
      `Expected ${file} in C order, rows last, but found Fortran order: save numpy.ascontiguousarray(x)`,
    );
  }
  const count = shape.reduce((product, length) => product * length, 1);
  const [size, read] = type;
  const found = bytes.length - start;
  if (found !== count * size) {
    throw new SyntaxError(
      `Expected ${
        shape.join(" x ") || "1"
      } elements of ${size} bytes after the header of ${file} but found ${found} bytes`,
    );
  }
  if (code.endsWith("u1") || code.endsWith("b1")) {
    return { shape, values: bytes.subarray(start) };
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = !code.startsWith(">");
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    values[i] = read(view, start + i * size, little);
  }
  return { shape, values };
}

function headerOf(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): { readonly header: string; readonly start: number } {
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new SyntaxError(`Expected ${file} to start with NPY's magic number`);
  }
  const [major = 0] = bytes.subarray(6);
  if (major < 1 || major > 3) {
    throw new SyntaxError(
      `Expected version 1, 2 or 3 of NPY in ${file} but found ${major}`,
    );
  }
  const head = major === 1 ? 10 : 12;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < head
    ? Infinity
    : major === 1
    ? view.getUint16(8, true)
    : view.getUint32(8, true);
  if (head + length > bytes.length) {
    throw new SyntaxError(
      `Expected a whole header in ${file} but found ${bytes.length} bytes (truncated)`,
    );
  }
  const header = new TextDecoder().decode(bytes.subarray(head, head + length));
  return { header, start: head + length };
}

function fieldOf(
  header: string,
  pattern: RegExp,
  name: string,
  file: string,
): string {
  const found = pattern.exec(header)?.[1];
  if (found !== undefined) return found;
  throw new SyntaxError(
    `Expected '${name}' in the header of ${file} but found ${
      JSON.stringify(header.slice(0, 200))
    }`,
  );
}
