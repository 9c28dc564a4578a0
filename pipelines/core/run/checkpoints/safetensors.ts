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
  if (start > bytes.length) {
    throw new SyntaxError(`Expected ${source} to hold its whole header`);
  }
  const json = new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, start));
  const header = await parseJson(json, `the header of ${source}`, headerSchema);
  const { [METADATA]: metadata, ...entries } = header;
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
  if (name === METADATA) {
    throw new RangeError(`Expected no array to be called "${METADATA}"`);
  }
  const product = shape.reduce((size, axis) => size * axis, 1);
  if (product === length) return;
  throw new RangeError(
    `Expected "${name}" of shape [${
      shape.join(", ")
    }] to hold ${product} numbers but found ${length}`,
  );
}
