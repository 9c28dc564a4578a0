/**
 * PNG files for tests.
 * @module
 */
import { crc32, deflateSync } from "node:zlib";

/** What a file's header says, unless a test says otherwise. */
export interface Picture {
  readonly rows: number;
  readonly columns: number;
  /** Bytes of the rows, each after its filter. */
  readonly filtered: readonly number[];
  readonly depth?: number;
  readonly colour?: number;
  readonly interlaced?: number;
}

/** A file of one chunk of pixels. */
export function makePng(picture: Picture): Uint8Array<ArrayBuffer> {
  const { rows, columns, depth = 8, colour = 0, interlaced = 0 } = picture;
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, columns);
  header.setUint32(4, rows);
  [depth, colour, 0, 0, interlaced].forEach((byte, i) =>
    header.setUint8(8 + i, byte)
  );
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk("IHDR", new Uint8Array(header.buffer)),
    ...chunk("IDAT", deflateSync(Uint8Array.from(picture.filtered))),
    ...chunk("IEND", new Uint8Array()),
  ]);
}

/** Grey images without filters. */
export function greyPng(
  rows: number,
  columns: number,
  pixels: readonly number[],
): Uint8Array<ArrayBuffer> {
  const filtered = Array.from({ length: rows }, (_, row) => [
    0,
    ...pixels.slice(row * columns, (row + 1) * columns),
  ]).flat();
  return makePng({ rows, columns, filtered });
}

function chunk(name: string, data: Uint8Array): number[] {
  const named = Uint8Array.from([...new TextEncoder().encode(name), ...data]);
  const ends = new DataView(new ArrayBuffer(8));
  ends.setUint32(0, data.length);
  ends.setUint32(4, crc32(named));
  const bytes = [...new Uint8Array(ends.buffer)];
  return [...bytes.slice(0, 4), ...named, ...bytes.slice(4)];
}
