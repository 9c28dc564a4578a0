/**
 * Large safetensors files, read tensor by tensor.
 * @module
 */
import { open } from "node:fs/promises";
import { expectCovered, headerText } from "./safetensors.ts";
import { parseJson, type Zod } from "../parse_json.ts";

/** One tensor as a file holds it. */
export interface NumberArray {
  /** Lengths of the axes. */
  readonly shape: readonly number[];
  /** The numbers, as float32 whatever they were in the file. */
  readonly data: Float32Array<ArrayBuffer>;
}

const METADATA = "__metadata__";
const LENGTH_BYTES = 8;
const LONGEST_HEADER = 100_000_000; // as the reference implementation has it
const BYTES: Readonly<Record<string, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
};

/**
 * Reads all tensors of real numbers, each into memory of its own; tensors of integers are passed over.
 *
 * Source: github.com/huggingface/safetensors, section "Format"; offsets count from the end of the header.
 *
 * @param path The file.
 * @param signal Ends the reading between two tensors.
 * @returns Tensors by name.
 * @throws {SyntaxError} If the file breaks the format, or holds numbers of another kind.
 */
export async function readSafetensors(
  path: string,
  signal?: AbortSignal,
): Promise<Map<string, NumberArray>> {
  const file = await open(path);
  try {
    const read = async (at: number, length: number) => {
      const bytes = new Uint8Array(length);
      let done = 0;
      while (done < length) {
        const { bytesRead } = await file.read(
          bytes,
          done,
          length - done,
          at + done,
        );
        if (bytesRead === 0) {
          throw new SyntaxError(
            `Expected ${path} to hold ${at + length} bytes but found ${
              at + done
            }`,
          );
        }
        done += bytesRead;
      }
      return bytes;
    };
    const first = await read(0, LENGTH_BYTES);
    const length = Number(new DataView(first.buffer).getBigUint64(0, true));
    if (length > LONGEST_HEADER) {
      throw new SyntaxError(
        `Expected ${path} to be in the safetensors format but found a header of ${length} bytes`,
      );
    }
    const json = headerText(await read(LENGTH_BYTES, length), path);
    const header = await parseJson(json, `the header of ${path}`, headerSchema);
    const { [METADATA]: _metadata, ...entries } = header;
    const { size } = await file.stat();
    expectCovered(entries, size - LENGTH_BYTES - length, path);
    const tensors = new Map<string, NumberArray>();
    for (
      const [name, { dtype, shape, data_offsets }] of Object.entries(entries)
    ) {
      signal?.throwIfAborted();
      if (/^[IU]\d+$|^BOOL$/.test(dtype)) continue; // such as the positions of old files
      const [from, to] = data_offsets;
      const count = shape.reduce((size, axis) => size * axis, 1);
      const bytesOfOne = BYTES[dtype];
      if (bytesOfOne === undefined) {
        throw new SyntaxError(
          `Expected "${name}" in ${path} to be F64, F32, F16 or BF16 but found ${dtype}`,
        );
      }
      if (to - from !== count * bytesOfOne) {
        throw new SyntaxError(
          `Expected "${name}" of shape [${shape}] in ${path} to hold ${
            count * bytesOfOne
          } bytes but found ${to - from}`,
        );
      }
      const bytes = await read(LENGTH_BYTES + length + from, to - from);
      tensors.set(name, { shape, data: toFloat32(bytes, dtype) });
    }
    return tensors;
  } finally {
    await file.close();
  }
}

/** Little-endian numbers as float32. */
function toFloat32(
  bytes: Uint8Array<ArrayBuffer>,
  dtype: string,
): Float32Array<ArrayBuffer> {
  switch (dtype) {
    case "F32":
      return new Float32Array(bytes.buffer);
    case "F64":
      return Float32Array.from(new Float64Array(bytes.buffer));
    case "BF16": {
      const halves = new Uint16Array(bytes.buffer);
      return new Float32Array(Uint32Array.from(halves, (h) => h << 16).buffer);
    }
    default: {
      const halves = new Uint16Array(bytes.buffer);
      const values = new Float32Array(halves.length);
      for (let i = 0; i < halves.length; i++) values[i] = fromHalf(halves[i]!);
      return values;
    }
  }
}

/** A 16-bit float of IEEE 754: sign, five bits of exponent, ten of fraction. */
function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = half >> 10 & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function headerSchema(z: Zod["z"]) {
  const size = z.int().nonnegative();
  const entry = z.object({
    dtype: z.string(),
    shape: z.array(size),
    data_offsets: z.tuple([size, size]),
  });
  const metadata = z.record(z.string(), z.string()).default({});
  return z.object({ [METADATA]: metadata }).catchall(entry);
}
