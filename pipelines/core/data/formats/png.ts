/**
 * The PNG file format.
 * @module
 */
import { crc32, inflateSync } from "node:zlib";

/** Pixels of an image, as grey values. */
export interface GreyPicture {
  /** Pixels from top to bottom. */
  readonly rows: number;
  /** Pixels from left to right. */
  readonly columns: number;
  /** Grey values from 0 (black) to 255 (white), row by row. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Samples of a pixel by colour type: grey, RGB, palette, grey and alpha, RGB and alpha. */
const SAMPLES: Readonly<Record<number, number>> = {
  0: 1,
  2: 3,
  3: 1,
  4: 2,
  6: 4,
};

/** The most pixels of an image; larger ones are no data for the models here. */
const MOST_PIXELS = 2 ** 22;

/** What the first chunk says. */
interface Header {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly colour: number;
}

/**
 * Reads a PNG file of 8 bits a sample as grey values; colours by their luma, transparent pixels over black.
 *
 * Source: PNG Specification, W3C 2003, sections 5, 9 and 11; luma of ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B.
 *
 * @param bytes The file.
 * @param file Names the file in errors.
 * @returns The image.
 * @throws {SyntaxError} If the bytes are not such a file or are damaged; or if it is interlaced, or has other than 8 bits a sample.
 * @throws {RangeError} If it has more than 2^22 pixels.
 */
export function parsePng(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): GreyPicture {
  const chunks = chunksOf(bytes, file);
  const header = headerOf(chunks, file);
  const { rows, columns, colour } = header;
  const samples = SAMPLES[colour]!; // checked with the header
  const stride = columns * samples;
  const raw = unfilter(
    inflate(chunks, rows * (stride + 1), file),
    { rows, stride, samples },
    file,
  );
  const palette = chunks.find(({ name }) => name === "PLTE")?.data;
  if (colour === 3 && palette === undefined) {
    throw new SyntaxError(`Expected a palette in ${file} but found none`);
  }
  const pixels = new Uint8Array(rows * columns);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = greyOf(raw, i * samples, colour, palette);
  }
  return { rows, columns, pixels };
}

interface Chunk {
  readonly name: string;
  readonly data: Uint8Array<ArrayBuffer>;
}

function chunksOf(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): readonly Chunk[] {
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) {
    throw new SyntaxError(`Expected ${file} to start with PNG's signature`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = at + 12 > bytes.length ? Infinity : view.getUint32(at);
    if (at + 12 + length > bytes.length) break;
    const named = bytes.subarray(at + 4, at + 8 + length);
    const name = String.fromCharCode(...named.subarray(0, 4));
    if (crc32(named) !== view.getUint32(at + 8 + length)) {
      throw new SyntaxError(
        `Expected the chunk ${name} of ${file} to be whole but its checksum differs`,
      );
    }
    chunks.push({ name, data: named.subarray(4) });
    if (name === "IEND") return chunks;
    at += 12 + length;
  }
  throw new SyntaxError(
    `Expected a whole PNG file in ${file} but it is cut off`,
  );
}

function headerOf(chunks: readonly Chunk[], file: string): Header {
  const [first] = chunks;
  if (first?.name !== "IHDR" || first.data.length !== 13) {
    throw new SyntaxError(
      `Expected ${file} to begin with a header of 13 bytes`,
    );
  }
  const { data } = first;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [columns, rows] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colour, , , interlaced] = data.subarray(8);
  if (depth !== 8 || colour === undefined || !(colour in SAMPLES)) {
    throw new SyntaxError(
      `Expected 8 bits a sample in ${file} but found ${depth} of the colour type ${colour}`,
    );
  }
  if (interlaced !== 0) {
    throw new SyntaxError(`Expected ${file} without interlacing but it has it`);
  }
  if (rows === 0 || columns === 0 || rows * columns > MOST_PIXELS) {
    throw new RangeError(
      `Expected 1 to ${MOST_PIXELS} pixels in ${file} but found ${rows} x ${columns}`,
    );
  }
  return { rows, columns, depth, colour };
}

function inflate(
  chunks: readonly Chunk[],
  size: number,
  file: string,
): Uint8Array {
  const parts = chunks.filter(({ name }) => name === "IDAT");
  const packed = new Uint8Array(
    parts.reduce((total, { data }) => total + data.length, 0),
  );
  let at = 0;
  for (const { data } of parts) {
    packed.set(data, at);
    at += data.length;
  }
  try {
    const found = inflateSync(packed, { maxOutputLength: size });
    if (found.length === size) return found;
  } catch (error) {
    throw new SyntaxError(
      `Expected ${size} bytes of pixels in ${file} but its stream is damaged or longer`,
      { cause: error },
    );
  }
  throw new SyntaxError(
    `Expected ${size} bytes of pixels in ${file} but found fewer`,
  );
}

/** Adds to each byte what its row's filter predicts from the bytes to the left and above. */
function unfilter(
  filtered: Uint8Array,
  { rows, stride, samples }: {
    readonly rows: number;
    readonly stride: number;
    readonly samples: number;
  },
  file: string,
): Uint8Array {
  const raw = new Uint8Array(rows * stride);
  for (let row = 0; row < rows; row++) {
    const filter = filtered[row * (stride + 1)]!; // as many bytes by `inflate`
    if (filter > 4) {
      throw new SyntaxError(
        `Expected a filter from 0 to 4 in ${file} but found ${filter} in row ${row}`,
      );
    }
    for (let i = 0; i < stride; i++) {
      const at = row * stride + i;
      const left = i < samples ? 0 : raw[at - samples]!;
      const above = row === 0 ? 0 : raw[at - stride]!;
      const corner = row === 0 || i < samples ? 0 : raw[at - stride - samples]!;
      const guess = [
        0,
        left,
        above,
        (left + above) >> 1,
        filter === 4 ? paeth(left, above, corner) : 0,
      ][filter]!;
      raw[at] = filtered[row * (stride + 1) + 1 + i]! + guess;
    }
  }
  return raw;
}

/** The neighbour nearest to left + above - corner; PNG Specification, section 9.4. */
function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [left, above, corner].map((n) => Math.abs(guess - n)) as [
    number,
    number,
    number,
  ];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

function greyOf(
  raw: Uint8Array,
  at: number,
  colour: number,
  palette: Uint8Array | undefined,
): number {
  const luma = (from: ArrayLike<number>, i: number) =>
    Math.round(
      0.299 * (from[i] ?? 0) + 0.587 * (from[i + 1] ?? 0) +
        0.114 * (from[i + 2] ?? 0),
    );
  if (colour === 0) return raw[at]!;
  if (colour === 3) return luma(palette!, 3 * raw[at]!); // there by the caller
  if (colour === 2) return luma(raw, at);
  if (colour === 4) return Math.round(raw[at]! * raw[at + 1]! / 255);
  return Math.round(luma(raw, at) * raw[at + 3]! / 255);
}
