/**
 * ZIP archives, such as NumPy's NPZ files.
 * @module
 */
import { crc32, inflateRawSync } from "node:zlib";

/** What the central directory says of a file. */
interface Entry {
  readonly name: string;
  readonly method: number;
  readonly sum: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const LARGE = 0xffffffff; // says that ZIP64 has the number

/**
 * Reads all files of a ZIP archive, stored or deflated.
 *
 * Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
 *
 * @param bytes The archive.
 * @param file Names the archive in errors.
 * @param most The most bytes of all its files together, unpacked.
 * @returns The bytes of each file by its name, in the order of the archive.
 * @throws {SyntaxError} If the bytes are not such an archive, are damaged, or need what is not read here: encryption, ZIP64, other methods.
 * @throws {RangeError} If it holds more bytes than it may.
 */
export function readZip(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  most: number,
): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = entriesOf(view, bytes, file);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > most) {
    throw new RangeError(
      `Expected ${file} to hold at most ${most} bytes unpacked but it says ${total}`,
    );
  }
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const entry of entries) {
    if (files.has(entry.name)) {
      throw new SyntaxError(
        `Expected ${entry.name} once in ${file} but found it twice`,
      );
    }
    files.set(entry.name, unpack(entry, view, bytes, file));
  }
  return files;
}

function entriesOf(
  view: DataView,
  bytes: Uint8Array,
  file: string,
): readonly Entry[] {
  const end = endOf(view);
  if (end === undefined) {
    throw new SyntaxError(
      `Expected a ZIP archive in ${file} but found no end of a central directory`,
    );
  }
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: Entry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) {
      throw new SyntaxError(
        `Expected ${count} files in the directory of ${file} but found ${i}`,
      );
    }
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) =>
      view.getUint16(at + offset, true)
    ) as [number, number, number]; // three offsets
    const name = new TextDecoder().decode(
      bytes.subarray(at + 46, at + 46 + nameLength),
    );
    const entry = {
      name,
      method: view.getUint16(at + 10, true),
      sum: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    };
    if ((view.getUint16(at + 8, true) & 1) !== 0) {
      throw new SyntaxError(
        `Expected ${name} in ${file} without encryption but it is encrypted`,
      );
    }
    if (Math.max(entry.packed, entry.size, entry.at) === LARGE) {
      throw new SyntaxError(
        `Expected ${file} to be a ZIP archive of less than 4 GiB but found ZIP64 at ${name}`,
      );
    }
    entries.push(entry);
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

/** Where the end of the central directory begins: in the last 22 bytes, or before a comment. */
function endOf(view: DataView): number | undefined {
  const last = view.byteLength - 22;
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  return undefined;
}

function unpack(
  { name, method, sum, packed, size, at }: Entry,
  view: DataView,
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): Uint8Array<ArrayBuffer> {
  const broken = (why: string) =>
    new SyntaxError(`Expected ${name} of ${file} to be whole but ${why}`);
  if (at + 30 > bytes.length || view.getUint32(at, true) !== LOCAL) {
    throw broken("its header is missing");
  }
  const start = at + 30 + view.getUint16(at + 26, true) +
    view.getUint16(at + 28, true);
  if (start + packed > bytes.length) throw broken("it is truncated");
  const raw = bytes.subarray(start, start + packed);
  if (method !== 0 && method !== 8) {
    throw new SyntaxError(
      `Expected ${name} of ${file} to be stored or deflated but found the method ${method}`,
    );
  }
  const found = method === 0 ? raw : inflate(raw, size, broken);
  if (found.length !== size) {
    throw broken(`it has ${found.length} bytes, not ${size}`);
  }
  if (crc32(found) !== sum) throw broken("its checksum differs");
  return found;
}

function inflate(
  raw: Uint8Array,
  size: number,
  broken: (why: string) => SyntaxError,
): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(
      inflateRawSync(raw, { maxOutputLength: Math.max(1, size) }),
    );
  } catch (error) {
    const damaged = broken(
      "its deflate stream is damaged, or longer than said",
    );
    damaged.cause = error;
    throw damaged;
  }
}
