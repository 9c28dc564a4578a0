/**
 * The safetensors format: named arrays and texts in one file, readable from Python.
 *
 * Layout: 8 bytes with the header's length, little-endian; the header in JSON; the arrays, one behind another.
 * Source: github.com/huggingface/safetensors, section "Format".
 * @module
 */
import type { StoredTensor } from "../../context.ts";
import { parseJson, type Zod } from "../parse_json.ts";

/** What a file holds. */
export interface Safetensors {
  /** Arrays by name. */
  readonly tensors: Readonly<Record<string, StoredTensor>>;
  /** Texts by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

const METADATA = "__metadata__";
const LENGTH_BYTES = 8;
const ITEM_BYTES = 4; // of float32 and of int32
const LONGEST_HEADER = 100_000_000; // as the reference implementation has it

/**
 * Writes arrays and texts as bytes.
 *
 * @param content The arrays, whose lengths are the products of their shapes, and the texts.
 * @returns The bytes of a file; equal contents in the same order give equal bytes.
 * @throws {RangeError} If a shape does not fit its array, or an array is called `__metadata__`.
 */
export function encodeSafetensors(
  { tensors, metadata }: Safetensors,
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { [METADATA]: metadata };
  let size = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    expectFits(name, shape, data.length);
    const dtype = data instanceof Float32Array ? "F32" : "I32";
    const end = size + data.byteLength;
    header[name] = { dtype, shape, data_offsets: [size, end] };
    size = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = LENGTH_BYTES + Math.ceil(json.length / 8) * 8; // arrays begin aligned
  const bytes = new Uint8Array(start + size).fill(0x20, 0, start); // padded with spaces
  new DataView(bytes.buffer)
    .setBigUint64(0, BigInt(start - LENGTH_BYTES), true);
  bytes.set(json, LENGTH_BYTES);
  let offset = start;
  for (const { data } of Object.values(tensors)) {
    bytes.set(
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      offset,
    );
    offset += data.byteLength;
  }
  return bytes;
}

/**
 * Reads the bytes of a file.
 *
 * @param bytes The whole file.
 * @param source Its name, for errors.
 * @returns The arrays, copied, and the texts.
 * @throws {SyntaxError} If the bytes break the format, or hold other types than F32 and I32.
 */
export async function decodeSafetensors(
  bytes: Uint8Array<ArrayBuffer>,
  source: string,
): Promise<Safetensors> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < LENGTH_BYTES
    ? Infinity
    : Number(view.getBigUint64(0, true));
  const start = LENGTH_BYTES + length;
  if (start > bytes.length || length > LONGEST_HEADER) {
    throw new SyntaxError(`Expected ${source} to hold its whole header`);
  }
  const json = headerText(bytes.subarray(LENGTH_BYTES, start), source);
  const header = await parseJson(json, `the header of ${source}`, headerSchema);
  const { [METADATA]: metadata, ...entries } = header;
  const size = bytes.length - start;
  expectCovered(entries, size, source);
  const tensors: Record<string, StoredTensor> = {};
  for (const [name, entry] of Object.entries(entries)) {
    const { dtype, shape, data_offsets: [from, to] } = entry;
    const part = bytes.slice(start + from, start + to).buffer;
    if (part.byteLength % ITEM_BYTES !== 0 || part.byteLength !== to - from) {
      throw new SyntaxError(
        `Expected ${source} to hold the whole of "${name}"`,
      );
    }
    const data = dtype === "F32"
      ? new Float32Array(part)
      : new Int32Array(part);
    expectFits(name, shape, data.length);
    tensors[name] = { shape, data };
  }
  return { tensors, metadata };
}

/**
 * Reads the text of a header: UTF-8 that begins with a brace, as the format asks for.
 *
 * @param bytes The header.
 * @param source Its file, for errors.
 * @returns The text.
 * @throws {SyntaxError} If it is none.
 */
export function headerText(bytes: Uint8Array, source: string): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
      .decode(bytes);
    if (text.startsWith("{")) return text;
  } catch {
    // told below
  }
  throw new SyntaxError(
    `Expected the header of ${source} to be JSON that begins with a brace, in UTF-8`,
  );
}

/**
 * Refuses arrays that overlap, leave a hole or end before the file does.
 *
 * @param entries The arrays of a header.
 * @param size Bytes behind the header.
 * @param source The file, for errors.
 * @throws {SyntaxError} If a byte belongs to none of them, or to two.
 */
export function expectCovered(
  entries: Readonly<Record<string, Entry>>,
  size: number,
  source: string,
): void {
  const spans = Object.entries(entries)
    .map(([name, { data_offsets: [from, to] }]) => ({ name, from, to }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  let end = 0;
  for (const { name, from, to } of spans) {
    if (to > size) {
      throw new SyntaxError(
        `Expected ${source} to hold the whole of "${name}"`,
      );
    }
    if (from !== end || to < from) {
      throw new SyntaxError(
        `Expected "${name}" in ${source} to begin at byte ${end} of the data but found ${from} to ${to}`,
      );
    }
    end = to;
  }
  if (end === size) return;
  throw new SyntaxError(
    `Expected the data of ${source} to end at byte ${end} but found ${size} bytes`,
  );
}

type Entry = { readonly "data_offsets": readonly [number, number] };

function headerSchema(z: Zod["z"]) {
  const size = z.int().nonnegative();
  const entry = z.object({
    dtype: z.enum(["F32", "I32"]),
    shape: z.array(size),
    data_offsets: z.tuple([size, size]),
  });
  const metadata = z.record(z.string(), z.string()).default({});
  return z.object({ [METADATA]: metadata }).catchall(entry);
}

function expectFits(
  name: string,
  shape: readonly number[],
  length: number,
): void {
  if (name === METADATA || name === "__proto__") {
    throw new RangeError(`Expected no array to be called "${name}"`);
  }
  const product = shape.reduce((size, axis) => size * axis, 1);
  if (product === length) return;
  throw new RangeError(
    `Expected "${name}" of shape [${
      shape.join(", ")
    }] to hold ${product} numbers but found ${length}`,
  );
}
