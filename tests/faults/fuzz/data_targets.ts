/**
 * Files of data: NPY, ZIP, PNG and CSV, each made whole and then damaged in places.
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { crc32, deflateRawSync } from "node:zlib";
import { parseCsv } from "../../../pipelines/core/data/formats/csv.ts";
import { parseNpy } from "../../../pipelines/core/data/formats/npy.ts";
import { parsePng } from "../../../pipelines/core/data/formats/png.ts";
import { readZip } from "../../../pipelines/core/data/formats/zip.ts";
import { makePng } from "../../pipelines/core/data/formats/make_png.ts";
import type { Random } from "./random.ts";

/** Changes a byte, cuts the end off, or adds to it, now and then. */
function damaged(
  bytes: Uint8Array<ArrayBuffer>,
  random: Random,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly isWhole: boolean } {
  const way = random.below(6);
  const at = random.below(Math.max(1, bytes.length));
  if (way === 0) {
    return { bytes: bytes.slice(0, at), isWhole: at === bytes.length };
  }
  if (way === 1 && bytes.length > 0) {
    const changed = bytes.with(at, random.below(256));
    return { bytes: changed, isWhole: changed[at] === bytes[at] };
  }
  return { bytes, isWhole: true };
}

function bytesBelow(random: Random, end: number, count: number): number[] {
  return Array.from({ length: count }, () => random.below(end));
}

function attemptNpy(random: Random): void {
  const shape = bytesBelow(random, 4, random.below(4));
  const type = random.pick(["|u1", "<i2", ">f4", "<f8", "|b1", "|O"]);
  const size = Number(type[2]) || 1;
  const count = shape.reduce((product, length) => product * length, 1);
  const list = shape.map((length) => `${length},`).join(" ");
  const header = `{'descr': '${type}', 'fortran_order': ${
    random.pick(["False", "False", "True"])
  }, 'shape': (${list}), }\n`;
  const whole = Uint8Array.from([
    ...[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0],
    ...new TextEncoder().encode(header),
    ...bytesBelow(random, 256, count * size),
  ]);
  const { bytes, isWhole } = damaged(whole, random);
  const found = parseNpy(bytes, "the file");
  const said = found.shape.reduce((product, length) => product * length, 1);
  assertEquals(found.values.length, said);
  if (isWhole) assertEquals(found.shape, shape);
}

function attemptZip(random: Random): void {
  const contents = Array.from(
    { length: random.below(3) },
    () => Uint8Array.from(bytesBelow(random, 256, random.below(20))),
  );
  const { bytes, isWhole } = damaged(zipOf(contents, random), random);
  const found = readZip(bytes, "the file", 60);
  if (isWhole) assertEquals([...found.values()], contents);
  const total = [...found.values()].reduce(
    (sum, { length }) => sum + length,
    0,
  );
  assert(total <= 60);
}

function zipOf(
  contents: readonly Uint8Array[],
  random: Random,
): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  const central: number[] = [];
  contents.forEach((content, i) => {
    const method = random.pick([0, 8]);
    const packed = method === 0 ? content : deflateRawSync(content);
    const both = new DataView(new ArrayBuffer(26)); // what both headers say
    both.setUint16(0, 20, true);
    both.setUint16(4, method, true);
    both.setUint32(10, crc32(content), true);
    both.setUint32(14, packed.length, true);
    both.setUint32(18, content.length, true);
    both.setUint16(22, 1, true);
    const said = [...new Uint8Array(both.buffer)];
    const at = [bytes.length & 255, bytes.length >> 8, 0, 0];
    central.push(...[0x50, 0x4b, 1, 2, 0, 0], ...said);
    central.push(...Array(10).fill(0), ...at, 97 + i);
    bytes.push(...[0x50, 0x4b, 3, 4], ...said, 97 + i, ...packed);
  });
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, contents.length, true);
  end.setUint16(10, contents.length, true);
  end.setUint32(12, central.length, true);
  end.setUint32(16, bytes.length, true);
  return Uint8Array.from([
    ...bytes,
    ...central,
    ...new Uint8Array(end.buffer),
  ]);
}

function attemptPng(random: Random): void {
  const [rows, columns] = [random.below(4), random.below(4)];
  const colour = random.pick([0, 0, 2, 3, 4, 6, 1]);
  const samples = [1, 1, 3, 1, 2, 1, 4][colour]!;
  const few = random.below(8) === 0 ? 1 : 0;
  const filtered = Array.from({ length: rows }, () => [
    random.below(random.below(8) === 0 ? 7 : 5),
    ...bytesBelow(random, 256, columns * samples - few),
  ]).flat();
  const depth = random.pick([8, 8, 8, 16]);
  const interlaced = random.pick([0, 0, 0, 1]);
  const whole = makePng({ rows, columns, filtered, colour, depth, interlaced });
  const { bytes } = damaged(whole, random);
  const found = parsePng(bytes, "the file");
  assertEquals(found.pixels.length, found.rows * found.columns);
  assertEquals([found.rows, found.columns], [rows, columns]); // every byte has a checksum
}

const CELLS = ["0", "12", "-1.5", "1e3", "a", '"b, c"', '"', "", " 7 ", '"x"y'];

function attemptCsv(random: Random): void {
  const columns = 1 + random.below(3);
  const lines = Array.from({ length: random.below(4) }, () => {
    const own = random.below(8) === 0 ? columns + 1 : columns;
    return Array.from({ length: own }, () => random.pick(CELLS)).join(",");
  });
  const text = lines.join(random.pick(["\n", "\r\n"])) +
    random.pick(["", "\n"]);
  const { bytes } = damaged(new TextEncoder().encode(text), random);
  const { rows, columns: found, values, words } = parseCsv(bytes, "the file");
  assertEquals(values.length, rows * found);
  values.forEach((value, i) => assertEquals(words.has(i), Number.isNaN(value)));
}

/** Parsers of files of data. */
export const dataTargets: readonly {
  readonly name: string;
  readonly attempt: (random: Random) => void;
}[] = [
  { name: "NPY", attempt: attemptNpy },
  { name: "ZIP", attempt: attemptZip },
  { name: "PNG", attempt: attemptPng },
  { name: "CSV", attempt: attemptCsv },
];
